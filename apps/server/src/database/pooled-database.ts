/** What both engines share: transactions under the service's or the maintenance role, on a pool of pg connections. */
import pg from 'pg';
import type { Access, Behind, Database, Work } from './database.ts';
import type { InFlight } from './in-flight.ts';
import { keyReader, type Lane } from './key-reader.ts';
import { type Beginning, runBehind, runTransaction } from './run-transaction.ts';
import { asUnavailable } from './unavailable.ts';

export interface PooledDatabase {
  engine: Database['engine'];
  pool: pg.Pool;
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
  let closed: Promise<void> | undefined;
  // A connection that breaks rejects the query under way and leaves the pool, where the next one finds another. What it
  // emits besides would end the process: idle connections through the pool, those in use themselves.
  pool.on('error', warn);
  pool.on('connect', (client) => client.on('error', () => {}));

  return {
    engine,
    inOrganization: (organizationId, work, how = 'writing') =>
      transaction(beginningIn(organizationId, how, engine), work),
    readBehind,
    asMaintenance: (_purpose, work) => transaction({ statements: 'begin; set local role rollcall_maintenance' }, work),
    readSessionByKey: keyReader(lanes.map((lane) => (query) => guarded(() => lane(query)))),
    ping: () => guarded(ping),
    close: () => (closed ??= closeInOrder()),
  };

  function transaction<T>(beginning: Beginning, work: Work<T>): Promise<T> {
    return guarded(() => runTransaction(pool, beginning, work));
  }

  function readBehind<T>(organizationId: string, write: Work<unknown>, read: Work<T>): Behind<T> {
    const written = Promise.withResolvers<void>();
    const steps = {
      write: { beginning: beginningIn(organizationId, 'writing-behind', engine), work: write },
      read: { beginning: beginningIn(organizationId, 'reading', engine), work: read },
    };
    const answer = guarded(() => runBehind(pool, steps.write, steps.read, written.resolve));
    answer.catch(written.reject);
    return { written: written.promise, answer };
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
export async function beginService(client: pg.ClientBase): Promise<void> {
  await client.query(`set role rollcall_service; set time zone 'UTC'; set datestyle to 'ISO'`);
}

function beginningIn(organizationId: string, how: Access, engine: Database['engine']): Beginning {
  // What row-level security goes by.
  const seesOnly = `set local rollcall.organization to ${pg.escapeLiteral(organizationId)}`;
  // In one snapshot: a page and its total, which are read one after the other, are of the same moment.
  if (how === 'reading') {
    return { statements: `begin isolation level repeatable read read only; ${seesOnly}`, isReadOnly: true };
  }
  // Nobody was told that it is on the disk. PostgreSQL brings it there within a second; the embedded one would only with the next commit that waits.
  const waitsForDisk = how === 'writing' || engine === 'embedded';
  if (waitsForDisk) return { statements: `begin; ${seesOnly}` };
  return { statements: `begin; ${seesOnly}; set local synchronous_commit to off`, isOneStatement: true };
}
