/** A PostgreSQL server, by its address. Many nodes may share it. */
import pg from 'pg';
import { COLUMN_TYPES } from '../column-types.ts';
import type { Database } from '../database.ts';
import { InFlight } from '../in-flight.ts';
import { MigrationRefused, migrate } from '../migrate.ts';
import { beginService, databaseOver } from '../pooled-database.ts';
import { asUnavailable } from '../unavailable.ts';
import { KeyReader } from './key-reader.ts';

export interface PostgresqlOptions {
  url: string;
  /** Connections for transactions; token checks have two of their own. Default: 10. */
  poolSize?: number;
  /** How long connecting, or waiting for a connection of the pool, may take. Default: five seconds. */
  connectTimeoutMs?: number;
  /** How long one statement may run. Default: fifteen seconds. */
  statementTimeoutMs?: number;
}

const OLDEST_VERSION = 15;

export async function openPostgresql(options: PostgresqlOptions): Promise<Database> {
  const { poolSize = 10, connectTimeoutMs = 5000, statementTimeoutMs = 15_000 } = options;
  const connection = {
    connectionString: options.url,
    application_name: 'rollcall',
    connectionTimeoutMillis: connectTimeoutMs,
    keepAlive: true,
  };
  await migrateThrough(connection);

  const service = {
    ...connection,
    types: COLUMN_TYPES,
    statement_timeout: statementTimeoutMs,
    idle_in_transaction_session_timeout: statementTimeoutMs,
    // of a server that went silent, not even a time-out arrives
    query_timeout: statementTimeoutMs + 2000,
  };
  const pool = new pg.Pool({ ...service, max: poolSize, onConnect: beginService });
  const keyReader = new KeyReader(service);
  return databaseOver({
    engine: 'postgresql',
    pool,
    inFlight: new InFlight(),
    readSessionByKey: (organizationId, requestId) => keyReader.read(organizationId, requestId),
    close: () => keyReader.close(),
  });
}

async function migrateThrough(connection: pg.ClientConfig): Promise<void> {
  const client = new pg.Client(connection);
  // what breaks the connection also rejects the query under way
  client.on('error', () => {});
  try {
    await client.connect();
    await refuseOldVersion(client);
    await migrate(client);
  } catch (error) {
    throw asUnavailable(error);
  } finally {
    await client.end();
  }
}

async function refuseOldVersion(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ server_version: string }>('show server_version');
  const version = rows[0]?.server_version ?? '';
  if (Number.parseInt(version, 10) < OLDEST_VERSION) {
    throw new MigrationRefused(`PostgreSQL ${version} is too old: ${OLDEST_VERSION} or newer is needed`);
  }
}
