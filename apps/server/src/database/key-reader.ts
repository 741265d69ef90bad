/**
 * The reads behind token checks: many, small and alike. Those that come in the same round of the event loop, or while a statement is under way, are asked
 * for together; so the busier a node is, the less each of them costs, and none waits for longer than one statement.
 */
import type { QueryConfig } from 'pg';
import type { SessionByKey } from './database.ts';

/** A connection, or whatever else runs one statement at a time. */
export type Lane = (query: QueryConfig) => Promise<{ rows: SessionByKey[] }>;

interface Waiting {
  readonly organizationId: string;
  readonly requestId: string;
  readonly found: (session: SessionByKey | undefined) => void;
  readonly failed: (error: unknown) => void;
}

// Beyond it, the first one of a statement waits noticeably for the last one.
const mostAtOnce = 100;

/** Each key is looked up after the call that named it; what fails one statement fails all that it asked for. */
export function keyReader(lanes: readonly Lane[]) {
  const free = [...lanes];
  let waiting: Waiting[] = [];
  let isRoundOpen = false;

  return function readSessionByKey(organizationId: string, requestId: string): Promise<SessionByKey | undefined> {
    const { promise, resolve, reject } = Promise.withResolvers<SessionByKey | undefined>();
    waiting.push({ organizationId, requestId, found: resolve, failed: reject });
    if (!isRoundOpen) {
      isRoundOpen = true;
      setImmediate(closeRound);
    }
    return promise;
  };

  function closeRound(): void {
    isRoundOpen = false;
    while (waiting.length > 0 && free.length > 0) void send();
  }

  async function send(): Promise<void> {
    const lane = free.pop();
    if (lane === undefined) return;
    while (waiting.length > 0) {
      const asked = waiting.slice(0, mostAtOnce);
      waiting = waiting.slice(mostAtOnce);
      await ask(lane, asked);
    }
    free.push(lane);
  }
}

async function ask(lane: Lane, asked: readonly Waiting[]): Promise<void> {
  try {
    const { rows } = await lane(sessionsByKey(asked));
    const sessions = new Map(rows.map((row) => [keyOf(row.organization_id, row.request_id), row]));
    for (const { organizationId, requestId, found } of asked) found(sessions.get(keyOf(organizationId, requestId)));
  } catch (error) {
    for (const { failed } of asked) failed(error);
  }
}

function keyOf(organizationId: string, requestId: string): string {
  return `${organizationId}.${requestId}`;
}

/** Named, because its plan by key is always the same one. Lists must not be: a plan for any pattern is a bad plan for LIKE. */
function sessionsByKey(keys: readonly Waiting[]): QueryConfig {
  return {
    name: 'sessions-by-key',
    text: 'select * from sessions_by_key($1, $2)',
    values: [keys.map(({ organizationId }) => organizationId), keys.map(({ requestId }) => requestId)],
  };
}
