/** What both engines share: transactions under the service's or the maintenance role, on a pool of pg connections. */
import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely';
import type { ClientBase, Pool } from 'pg';
import type { Database } from './database.ts';
import type { InFlight } from './in-flight.ts';
import { keyReader, type Lane } from './key-reader.ts';
import type { Tables } from './tables.ts';
import { asUnavailable } from './unavailable.ts';

export interface PooledDatabase {
  engine: Database['engine'];
  pool: Pool;
  inFlight: InFlight;
  warn: (error: unknown) => void;
  /** For token checks. */
  lanes: readonly Lane[];
  ping(): Promise<void>;
  /** Runs once nothing is under way any more. */
  close(): Promise<void>;
}

export function databaseOver(options: PooledDatabase): Database {
  const { engine, pool, inFlight, warn, lanes, ping, close } = options;
  const kysely = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  let closed: Promise<void> | undefined;
  // A connection that breaks rejects the query under way and leaves the pool, where the next one finds another. What it
  // emits besides would end the process: idle connections through the pool, those in use themselves.
  pool.on('error', warn);
  pool.on('connect', (client) => client.on('error', () => {}));

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
    readSessionByKey: keyReader(lanes.map((lane) => (query) => guarded(() => lane(query)))),
    ping: () => guarded(ping),
    close: () => (closed ??= closeInOrder()),
  };

  function transaction<T>(work: (tx: Transaction<Tables>) => Promise<T>): Promise<T> {
    return guarded(() => kysely.transaction().execute(work));
  }

  async function guarded<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await inFlight.run(work);
    } catch (error) {
      throw asUnavailable(error);
    }
  }

  async function closeInOrder(): Promise<void> {
    await inFlight.close();
    await pool.end();
    await close();
  }
}

/** Every connection of a pool begins so: no power but the service's, and instants in UTC as `column-types.ts` expects. */
export async function beginService(client: ClientBase): Promise<void> {
  await client.query(`set role rollcall_service; set time zone 'UTC'; set datestyle to 'ISO'`);
}
