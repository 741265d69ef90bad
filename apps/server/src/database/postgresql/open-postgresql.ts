/** A PostgreSQL server, by its address. Many nodes may share it. */
import pg from 'pg';
import { COLUMN_TYPES } from '../column-types.ts';
import type { Database } from '../database.ts';
import { InFlight } from '../in-flight.ts';
import { connectAndMigrate } from '../migrate.ts';
import { beginService, databaseOver } from '../pooled-database.ts';
import { LastingConnection } from './lasting-connection.ts';

export interface PostgresqlOptions {
  url: string;
  /** Connections for transactions; token checks have two of their own. Default: 10. */
  poolSize?: number;
  /** How long connecting, or waiting for a connection of the pool, may take. Default: five seconds. */
  connectTimeoutMs?: number;
  /** How long one statement may run. Default: fifteen seconds. */
  statementTimeoutMs?: number;
  /** Told what went wrong while nobody was waiting for it. */
  warn?: (error: unknown) => void;
}

const keyTimeoutMs = 3000;

export async function openPostgresql(options: PostgresqlOptions): Promise<Database> {
  const { poolSize = 10, connectTimeoutMs = 5000, statementTimeoutMs = 15_000, warn = () => {} } = options;
  const connection = {
    connectionString: options.url,
    application_name: 'rollcall',
    connectionTimeoutMillis: connectTimeoutMs,
    keepAlive: true,
  };
  await connectAndMigrate(new pg.Client(connection));

  const service = {
    ...connection,
    types: COLUMN_TYPES,
    statement_timeout: statementTimeoutMs,
    idle_in_transaction_session_timeout: statementTimeoutMs,
    // of a server that went silent, not even a time-out arrives
    query_timeout: statementTimeoutMs + 2000,
  };
  const pool = new pg.Pool({ ...service, pipeline: true, max: poolSize, onConnect: beginService });
  // a request that only wants to know whether its token is good is told soon that nobody can tell
  const hasty = { ...service, pipeline: true, query_timeout: Math.min(keyTimeoutMs, service.query_timeout) };
  const connections = [new LastingConnection(hasty), new LastingConnection(hasty)] as const;
  return databaseOver({
    engine: 'postgresql',
    pool,
    inFlight: new InFlight(),
    warn,
    lanes: connections.map((connection) => (query) => connection.query(query)),
    ping: async () => void (await connections[0].query({ text: 'select' })),
    close: async () => void (await Promise.all(connections.map((connection) => connection.close()))),
  });
}
