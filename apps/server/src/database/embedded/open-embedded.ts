/** The default engine: PostgreSQL inside the process, with nothing to install. */
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { COLUMN_TYPES } from '../column-types.ts';
import type { Database } from '../database.ts';
import { InFlight } from '../in-flight.ts';
import { connectAndMigrate } from '../migrate.ts';
import { beginService, databaseOver } from '../pooled-database.ts';
import { lockDirectory } from './directory-lock.ts';
import { Engine } from './engine.ts';
import { templateDirectory } from './template-directory.ts';
import { Upkeep } from './upkeep.ts';

export interface EmbeddedOptions {
  /** The data directory; the database is `database` in it. */
  directory: string;
  /** How often the log is checkpointed and what has changed much is vacuumed. Default: a minute. */
  upkeepIntervalMs?: number;
  /** How long one query may hold the database before its thread is ended and begun anew. Default: two minutes. */
  queryLimitMs?: number;
  /** How long a transaction waits for the ones before it. Default: ten seconds. */
  patienceMs?: number;
  /** What a new database is a copy of. Default: the one that the build made. */
  template?: string;
  /** Told what went wrong while nobody was waiting for it. */
  warn?: (error: unknown) => void;
}

export interface EmbeddedDatabase extends Database {
  /** One round of upkeep, now; the timer does no more than call it. */
  upkeep(): Promise<void>;
}

/** Opens the database for this process alone; throws `DirectoryInUse` when another one has it. */
export async function openEmbedded(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const { patienceMs = 10_000, queryLimitMs = 120_000, upkeepIntervalMs = 60_000, warn = () => {} } = options;
  const directory = resolve(options.directory);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const lock = await lockDirectory(directory, new Date().toISOString());
  const engine = new Engine({
    directory: join(directory, 'database'),
    template: options.template ?? templateDirectory(),
  });
  try {
    await engine.open();
    await connectAndMigrate(new pg.Client({ ...SUPERUSER, stream: () => engine.connect() }));
  } catch (error) {
    await engine.close();
    await lock.release();
    throw error;
  }
  engine.queryLimit.milliseconds = queryLimitMs;

  const pool = servicePool(engine, patienceMs);
  const inFlight = new InFlight();
  const rounds = new Upkeep(pool);
  const upkeep = () => inFlight.run(() => rounds.round());
  // a round that fails is made up for by the next one
  const timer = setInterval(() => upkeep().catch(warn), upkeepIntervalMs);
  timer.unref();

  const database = databaseOver({
    engine: 'embedded',
    pool,
    inFlight,
    warn,
    lanes: [(query) => pool.query(query)],
    ping: async () => void (await pool.query('select')),
    close: async () => {
      clearInterval(timer);
      await engine.close();
      await lock.release();
    },
  });
  return { ...database, upkeep };
}

const SUPERUSER = { user: 'postgres', database: 'postgres' };

function servicePool(engine: Engine, patienceMs: number): pg.Pool {
  return new pg.Pool({
    ...SUPERUSER,
    stream: () => engine.connect(),
    types: COLUMN_TYPES,
    // one session: whoever has the connection has the database, and a transaction is exclusive
    max: 1,
    idleTimeoutMillis: 0,
    connectionTimeoutMillis: patienceMs,
    onConnect: beginService,
  });
}
