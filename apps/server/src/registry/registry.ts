/**
 * What this node remembers of sessions. Memory is filled by reads alone and emptied by changes, one read per session at a
 * time, so that what is remembered only ever moves forward.
 */
import type { Instant } from '@rollcall/core/instant';
import type { Database, SessionByKey } from '../database/database.ts';
import { compactor } from './compact.ts';
import type { Lease } from './lease.ts';
import { Memory } from './memory.ts';

export interface Remembered {
  readonly session: SessionByKey;
  /** On the node's clock, before the database was asked. */
  readonly readAt: Instant;
  /** The same moment on its monotonic clock. Milliseconds. */
  readonly askedAt: number;
  /** The mac of the confirmed token, once one was presented and found genuine. */
  mac?: string;
}

export interface Registry {
  /** What may be relied on without asking: read at most `patienceMs` ago, and nothing that changed has been missed. */
  recall(organizationId: string, requestId: string): Remembered | undefined;
  /** From the database, as of the call or later. Callers that come together share one read. */
  read(organizationId: string, requestId: string): Promise<Remembered | undefined>;
  /** What is remembered of this session, or is on its way, is out of date. */
  forget(organizationId: string, requestId: string): void;
  forgetAll(): void;
  readonly size: number;
}

interface Needs {
  readonly database: Pick<Database, 'readSessionByKey'>;
  readonly lease: Lease;
  readonly clock: () => Instant;
  /** Milliseconds, never backwards. */
  readonly monotonic: () => number;
  /** For how long something read may be relied on. */
  readonly patienceMs: number;
  /** Sessions that are remembered at most; 0 for none. */
  readonly capacity: number;
}

interface Flight {
  answer: Promise<Remembered | undefined>;
  isOutOfDate: boolean;
  next?: Promise<Remembered | undefined>;
}

export function createRegistry({ database, lease, clock, monotonic, patienceMs, capacity }: Needs): Registry {
  const memory = new Memory<Remembered>(capacity);
  // what is not kept need not be made small
  const compact = capacity === 0 ? (session: SessionByKey) => session : compactor();
  const flights = new Map<string, Flight>();

  return {
    recall(organizationId, requestId) {
      const remembered = memory.get(requestId);
      if (remembered === undefined || remembered.session.organization_id !== organizationId) return undefined;
      return lease.isValid() && isFresh(remembered) ? remembered : undefined;
    },
    async read(organizationId, requestId) {
      const key = `${organizationId}.${requestId}`;
      const flight = flights.get(key);
      if (flight === undefined) return await takeOff(key, organizationId, requestId);
      // It began before this call. With a lease, a change in between would have been heard of, and the read repeated.
      const answer = await flight.answer.catch(() => undefined);
      // For longer than the patience it is memory, not an answer.
      if (answer !== undefined && lease.isValid() && isFresh(answer)) return answer;
      flight.next ??= takeOff(key, organizationId, requestId);
      return await flight.next;
    },
    forget(organizationId, requestId) {
      memory.delete(requestId);
      const flight = flights.get(`${organizationId}.${requestId}`);
      if (flight) flight.isOutOfDate = true;
    },
    forgetAll() {
      memory.clear();
      for (const flight of flights.values()) flight.isOutOfDate = true;
    },
    get size() {
      return memory.size;
    },
  };

  function isFresh({ askedAt }: Remembered): boolean {
    return monotonic() - askedAt <= patienceMs;
  }

  function takeOff(key: string, ...session: [organizationId: string, requestId: string]) {
    const flight: Flight = { isOutOfDate: false, answer: Promise.resolve(undefined) };
    flights.set(key, flight);
    flight.answer = land(key, flight, ...session);
    return flight.answer;
  }

  async function land(key: string, flight: Flight, organizationId: string, requestId: string) {
    try {
      for (;;) {
        flight.isOutOfDate = false;
        const moment = { readAt: clock(), askedAt: monotonic() };
        const session = await database.readSessionByKey(organizationId, requestId);
        if (flight.isOutOfDate) continue;
        if (session === undefined) return undefined;
        const remembered: Remembered = { session: compact(session), ...moment };
        memory.set(remembered.session.request_id, remembered);
        return remembered;
      }
    } finally {
      flights.delete(key);
    }
  }
}
