/** Brings the schema up to date, once, however many nodes start at the same time. */
import { createHash } from 'node:crypto';
import type { Client, ClientBase } from 'pg';
import { MIGRATIONS, type Migration } from './migrations/index.ts';
import { asUnavailable } from './unavailable.ts';

/** The database cannot be brought to this program's schema; the message says what to do. */
export class MigrationRefused extends Error {
  override readonly name = 'MigrationRefused';
}

// Any number will do, as long as nobody else in this database takes it.
const LOCK = 7_215_204_711;

const OLDEST_POSTGRESQL = 15;

/** On a connection of its own, which may take its time. */
export async function connectAndMigrate(client: Client): Promise<void> {
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

/** Runs as the login role, who owns the tables. Returns the names of what was applied, in order. */
export async function migrate(client: ClientBase, migrations: readonly Migration[] = MIGRATIONS): Promise<string[]> {
  await client.query('select pg_advisory_lock($1)', [LOCK]);
  try {
    const pending = pendingOf(migrations, await appliedIn(client));
    for (const migration of pending) await apply(client, migration);
    return pending.map((migration) => migration.name);
  } finally {
    await client.query('select pg_advisory_unlock($1)', [LOCK]);
  }
}

async function refuseOldVersion(client: ClientBase): Promise<void> {
  const { rows } = await client.query<{ server_version: string }>('show server_version');
  const version = rows[0]?.server_version ?? '';
  if (Number.parseInt(version, 10) < OLDEST_POSTGRESQL) {
    throw new MigrationRefused(`PostgreSQL ${version} is too old: ${OLDEST_POSTGRESQL} or newer is needed`);
  }
}

interface Applied {
  number: number;
  name: string;
  checksum: string;
}

async function appliedIn(client: ClientBase): Promise<Applied[]> {
  await client.query(`create table if not exists migrations (
    number integer primary key,
    name text not null,
    checksum text not null,
    applied_at timestamptz(3) not null default now()
  )`);
  const { rows } = await client.query<Applied>('select number, name, checksum from migrations order by number');
  return rows;
}

function pendingOf(migrations: readonly Migration[], applied: readonly Applied[]): readonly Migration[] {
  const known = new Map(migrations.map((migration) => [migration.number, migration]));
  for (const { number, name, checksum } of applied) {
    const migration = known.get(number);
    if (migration === undefined) {
      throw new MigrationRefused(
        `the database was migrated by a newer version (migration ${number} "${name}" is unknown here): start that version, or restore a backup from before it`,
      );
    }
    if (checksumOf(migration) !== checksum) {
      throw new MigrationRefused(`migration ${number} "${name}" is not the one that this database was migrated with`);
    }
  }
  return migrations.slice(applied.length);
}

async function apply(client: ClientBase, migration: Migration): Promise<void> {
  await client.query('begin');
  try {
    await client.query(migration.sql);
    await client.query('insert into migrations (number, name, checksum) values ($1, $2, $3)', [
      migration.number,
      migration.name,
      checksumOf(migration),
    ]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`migration ${migration.number} "${migration.name}" failed: ${reason}`, { cause: error });
  }
}

function checksumOf(migration: Migration): string {
  return createHash('sha256').update(migration.sql).digest('hex');
}
