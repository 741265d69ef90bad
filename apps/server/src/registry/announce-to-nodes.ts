/** Announcements among several nodes on one PostgreSQL. */
import { setTimeout as wait } from 'node:timers/promises';
import { sql, type Transaction } from 'kysely';
import type { Database } from '../database/database.ts';
import type { Tables } from '../database/tables.ts';
import { type Announced, type Announcements, announcementsBy, type Run, type SweepingWork } from './announcements.ts';
import { changesChannel } from './lease-keeper.ts';
import type { Registry } from './registry.ts';

interface Needs {
  readonly database: Database;
  readonly registry: Pick<Registry, 'forget'>;
  readonly nodeId: string;
  readonly leaseMs: number;
  readonly monotonic: () => number;
  readonly newId: () => string;
  /** Those that hold a lease, read under a lock that waits for grants under way. */
  liveNodes(): Promise<readonly string[]>;
}

export interface AnnouncementsToNodes extends Announcements {
  /** Told by the lease keeper what nodes have said. */
  confirmed(announcementId: string, nodeId: string): void;
}

interface Awaited {
  readonly confirmedBy: Set<string>;
  heard: () => void;
}

type Changed = readonly (readonly [organizationId: string, requestId: string])[];

/**
 * A change is known everywhere once every node that held a lease after the commit has said that it has forgotten, or once
 * so long has passed since the commit that no lease which does not cover it can be valid: without being told, that is
 * what is waited for.
 */
export function announceToNodes(needs: Needs): AnnouncementsToNodes {
  const { database, registry, nodeId, leaseMs, monotonic, newId, liveNodes } = needs;
  const awaited = new Map<string, Awaited>();

  return {
    ...announcementsBy(announce, database),
    confirmed(announcementId, confirmedBy) {
      const waiting = awaited.get(announcementId);
      waiting?.confirmedBy.add(confirmedBy);
      waiting?.heard();
    },
  };

  async function announce<T>(run: Run<T>, work: SweepingWork<T>): Promise<Announced<T>> {
    const changed: [organizationId: string, requestId: string][] = [];
    const announcementId = newId();
    const waiting: Awaited = { confirmedBy: new Set([nodeId]), heard: () => {} };
    awaited.set(announcementId, waiting);
    try {
      const result = await run(async (tx) => {
        const outcome = await work(tx, (...session) => void changed.push(session));
        if (changed.length > 0) await writeChanges(tx, announcementId, changed);
        return outcome;
      });
      const committedAt = monotonic();
      forget(changed);
      if (changed.length > 0) await everybodyKnows(waiting, committedAt);
      const milliseconds = Math.round(monotonic() - committedAt);
      return { result, confirmation: { milliseconds, nodes: waiting.confirmedBy.size } };
    } catch (error) {
      // whether it was committed is not always known
      forget(changed);
      throw error;
    } finally {
      awaited.delete(announcementId);
    }
  }

  function forget(changed: Changed): void {
    for (const session of changed) registry.forget(...session);
  }

  async function everybodyKnows(waiting: Awaited, committedAt: number): Promise<void> {
    const settled = new AbortController();
    const longest = wait(committedAt + leaseMs - monotonic(), undefined, { signal: settled.signal }).catch(() => {});
    try {
      await Promise.race([longest, allHaveConfirmed(waiting)]);
    } finally {
      settled.abort();
    }
  }

  // Without an answer of the database it never resolves: then the leases have to run out.
  async function allHaveConfirmed(waiting: Awaited): Promise<void> {
    const nodes = await liveNodes().catch(() => undefined);
    if (nodes === undefined) return await new Promise(() => {});
    while (!nodes.every((node) => waiting.confirmedBy.has(node))) {
      const { promise, resolve } = Promise.withResolvers<void>();
      waiting.heard = resolve;
      await promise;
    }
  }
}

async function writeChanges(tx: Transaction<Tables>, announcementId: string, changed: Changed): Promise<void> {
  await sql`
    insert into session_changes (organization_id, announcement_id, request_id)
    select organization_id, ${announcementId}::uuid, request_id
    from unnest(
      ${changed.map(([organizationId]) => organizationId)}::uuid[],
      ${changed.map(([, requestId]) => requestId)}::uuid[]
    ) as change (organization_id, request_id)
    on conflict do nothing`.execute(tx);
  await sql`select pg_notify(${changesChannel}, '')`.execute(tx);
}
