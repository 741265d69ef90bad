/** The default engine: PostgreSQL inside the process, with nothing to install. */
import pg from 'pg';
import { COLUMN_TYPES } from '../column-types.ts';
import type { Database, SessionByKey } from '../database.ts';
import { migrate } from '../migrate.ts';
import { databaseOver, SESSION_BY_KEY } from '../pooled-database.ts';
import { startEngine } from './engine.ts';

export interface EmbeddedOptions {
  /** Where the database is kept; in memory without it. */
  directory?: string;
}

export async function openEmbedded({ directory }: EmbeddedOptions): Promise<Database> {
  const engine = await startEngine(directory === undefined ? {} : { directory });
  const pool = new pg.Pool({
    stream: () => engine.connect(),
    user: 'postgres',
    database: 'postgres',
    // one session: whoever has the connection has the database, and a transaction is exclusive
    max: 1,
    idleTimeoutMillis: 0,
    types: COLUMN_TYPES,
  });
  const client = await pool.connect();
  await migrate(client);
  await client.query('set role rollcall_service');
  client.release();
  return databaseOver({
    engine: 'embedded',
    pool,
    readSessionByKey: async (organizationId, requestId) =>
      (await pool.query<SessionByKey>({ ...SESSION_BY_KEY, values: [organizationId, requestId] })).rows[0],
    close: () => engine.close(),
  });
}
