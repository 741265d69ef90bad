import { randomUUID } from 'node:crypto';
import { AuditOutcome } from '@rollcall/core/schema/audit';
import { AuthMethod, ClientType, EndReason } from '@rollcall/core/schema/session';
import { AccountType, Role } from '@rollcall/core/schema/user';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { ENGINES } from '../../test/engines.ts';
import { runOn } from '../../test/postgresql-cluster.ts';
import { openTestDatabase, type TestDatabase } from '../../test/test-database.ts';
import { migrate } from './migrate.ts';
import { MIGRATIONS } from './migrations/index.ts';

const first = { number: 1, name: 'first', sql: 'create table one (id integer)' };
const second = { number: 2, name: 'second', sql: 'alter table one add column name text' };

it('numbers the migrations from one, without a gap', () => {
  expect(MIGRATIONS.map(({ number }) => number)).toEqual(MIGRATIONS.map((_, index) => index + 1));
});

describe.runIf(ENGINES.includes('postgresql'))('on an empty PostgreSQL database', () => {
  async function withClients<T>(count: number, work: (...clients: pg.Client[]) => Promise<T>): Promise<T> {
    const server = inject('postgresqlUrl');
    const name = `empty_${randomUUID().replaceAll('-', '')}`;
    await runOn(server, `create database ${name}`);
    const connectionString = new URL(`/${name}`, server).href;
    const clients = Array.from({ length: count }, () => new pg.Client({ connectionString }));
    try {
      await Promise.all(clients.map((client) => client.connect()));
      return await work(...clients);
    } finally {
      await Promise.all(clients.map((client) => client.end()));
      await runOn(server, `drop database ${name} with (force)`);
    }
  }

  it('applies each migration once, in order, and only what is missing', () =>
    withClients(1, async (client) => {
      expect(await migrate(client, [first])).toEqual(['first']);
      expect(await migrate(client, [first, second])).toEqual(['second']);
      expect(await migrate(client, [first, second])).toEqual([]);
      const { rows } = await client.query('select number, name from migrations order by number');
      expect(rows).toEqual([
        { number: 1, name: 'first' },
        { number: 2, name: 'second' },
      ]);
    }));

  it('migrates once when several nodes start at the same time', () =>
    withClients(5, async (...clients) => {
      const applied = await Promise.all(clients.map((client) => migrate(client, [first, second])));
      expect(applied.flat()).toEqual(['first', 'second']);
    }));

  it('leaves nothing of a migration that fails', () =>
    withClients(1, async (client) => {
      const broken = { number: 2, name: 'broken', sql: 'create table two (id integer); select 1 / 0' };
      await expect(migrate(client, [first, broken])).rejects.toThrow('migration 2 "broken" failed: division by zero');
      const { rows } = await client.query(`select to_regclass('one') as one, to_regclass('two') as two`);
      expect(rows).toEqual([{ one: 'one', two: null }]);
      expect(await migrate(client, [first, second])).toEqual(['second']);
    }));

  it('refuses a database that is newer than the program', () =>
    withClients(1, async (client) => {
      await migrate(client, [first, second]);
      await expect(migrate(client, [first])).rejects.toThrow(
        'the database was migrated by a newer version (migration 2 "second" is unknown here)',
      );
    }));

  it('refuses a database whose migration was another one', () =>
    withClients(1, async (client) => {
      await migrate(client, [first]);
      await expect(migrate(client, [{ ...first, sql: `${first.sql} ` }])).rejects.toThrow(
        'migration 1 "first" is not the one that this database was migrated with',
      );
    }));
});

describe.each(ENGINES)('the schema on %s', (engine) => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await openTestDatabase(engine);
  });
  afterAll(() => test.destroy());

  it.each([
    ['users', 'account_type', AccountType.options],
    ['users', 'role', Role.options],
    ['sessions', 'client_type', ClientType.options],
    ['sessions', 'auth_method', AuthMethod.options],
    ['sessions', 'account_type', AccountType.options],
    ['sessions', 'end_reason', EndReason.options],
    ['audit_events', 'outcome', AuditOutcome.options],
  ])('admits to %s.%s what core admits', async (table, column, options) => {
    const { rows } = await test.database.asMaintenance('doctor', (tx) =>
      sql<{ definition: string }>`
        select pg_get_constraintdef(pg_constraint.oid) as definition
        from pg_constraint join pg_attribute on attrelid = conrelid and conkey = array[attnum]
        where contype = 'c' and conrelid = ${table}::regclass and attname = ${column}`.execute(tx),
    );
    const admitted = rows.flatMap(({ definition }) => [...definition.matchAll(/'([^']+)'/g)].map(([, value]) => value));
    expect(new Set(admitted)).toEqual(new Set(options));
  });
});
