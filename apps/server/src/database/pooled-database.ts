/** What both engines share: transactions under the service's or the maintenance role, on a pool of pg connections. */
import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely';
import type { Pool } from 'pg';
import type { Database, SessionByKey } from './database.ts';
import type { Tables } from './tables.ts';
import { asUnavailable } from './unavailable.ts';

export interface PooledDatabase {
  engine: Database['engine'];
  pool: Pool;
  readSessionByKey(organizationId: string, requestId: string): Promise<SessionByKey | undefined>;
  /** Runs after the pool has ended. */
  close(): Promise<void>;
}

export function databaseOver({ engine, pool, readSessionByKey, close }: PooledDatabase): Database {
  const kysely = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  let closed: Promise<void> | undefined;

  return {
    engine,
    inOrganization: (organizationId, work) =>
      transaction(async (tx) => {
        await sql`select set_config('rollcall.organization', ${organizationId}, true)`.execute(tx);
        return await work(tx);
      }),
    asMaintenance: (_purpose, work) =>
      transaction(async (tx) => {
        await sql`set local role rollcall_maintenance`.execute(tx);
        return await work(tx);
      }),
    readSessionByKey: (organizationId, requestId) => available(() => readSessionByKey(organizationId, requestId)),
    ping: () => available(async () => void (await pool.query('select'))),
    close: () => (closed ??= endPoolThen(close)),
  };

  function transaction<T>(work: (tx: Transaction<Tables>) => Promise<T>): Promise<T> {
    return available(() => kysely.transaction().execute(work));
  }

  async function endPoolThen(close: () => Promise<void>): Promise<void> {
    await pool.end();
    await close();
  }
}

export const SESSION_BY_KEY = {
  name: 'session-by-key',
  text: 'select * from session_by_key($1, $2)',
} as const;

async function available<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw asUnavailable(error);
  }
}
