/** What keeps organizations apart when a query forgets to. */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ENGINES } from '../../test/engines.ts';
import { type OneSession, seedSession } from '../../test/seed.ts';
import { openTestDatabase, type TestDatabase } from '../../test/test-database.ts';
import { MAINTENANCE } from './database.ts';

const TENANT_TABLES = [
  'organizations',
  'users',
  'sessions',
  'audit_events',
  'sign_in_failures',
  'token_verdicts',
  'session_changes',
  'saved_views',
  'api_keys',
  'identity_providers',
  'provider_accounts',
  'spent_tokens',
] as const;

/** Figures, of which the service can read its own, and texts, which it cannot. */
const KEPT_TABLES = ['session_counts', 'session_count_changes', 'session_texts'] as const;

describe.each(ENGINES)('%s', (engine) => {
  let test: TestDatabase;
  let ours: OneSession;
  let theirs: OneSession;

  beforeAll(async () => {
    test = await openTestDatabase(engine);
    ours = await seedSession(test.database);
    theirs = await seedSession(test.database);
  });
  afterAll(() => test.destroy());

  it.each(TENANT_TABLES)('shows a query of %s that forgets the organization only its own rows', async (table) => {
    const rows = await test.database.inOrganization(ours.organization_id, (tx) =>
      tx.selectFrom(table).select('organization_id').execute(),
    );
    expect(rows).toEqual([{ organization_id: ours.organization_id }]);
  });

  it('shows a query of what is kept that forgets the organization only its own figures and texts', async () => {
    const organizationsIn = async (table: 'session_counts' | 'session_count_changes') => {
      const rows = await test.database.inOrganization(ours.organization_id, (tx) =>
        sql<{ organization_id: string }>`select distinct organization_id from ${sql.table(table)}`.execute(tx),
      );
      return rows.rows.map(({ organization_id }) => organization_id);
    };
    expect(await organizationsIn('session_count_changes')).toEqual([ours.organization_id]);
    await test.database.asMaintenance('expiry', (tx) => sql`select add_up_session_counts()`.execute(tx));
    expect(await organizationsIn('session_counts')).toEqual([ours.organization_id]);
    const found = await test.database.inOrganization(ours.organization_id, (tx) =>
      sql`select sessions, wholly, partly from people_with_text('{"like": "%"}', 10, 10)`.execute(tx),
    );
    const user = await test.database.inOrganization(ours.organization_id, (tx) =>
      tx.selectFrom('sessions').select('user_id').executeTakeFirstOrThrow(),
    );
    expect(found.rows).toEqual([{ sessions: 1, wholly: [user.user_id], partly: null }]);
  });

  it('changes and deletes only its own rows', async () => {
    const changed = await test.database.inOrganization(ours.organization_id, async (tx) => [
      await tx.updateTable('users').set({ role: 'member' }).executeTakeFirst(),
      await tx.updateTable('sessions').set({ last_user_agent: 'changed' }).executeTakeFirst(),
      await tx.updateTable('sign_in_failures').set({ failures: 9 }).executeTakeFirst(),
    ]);
    expect(changed.map((result) => result.numUpdatedRows)).toEqual([1n, 1n, 1n]);
  });

  it.each(TENANT_TABLES)('shows nothing of %s outside of any organization', async (table) => {
    const seen = await test.database.asMaintenance('doctor', async (tx) => {
      await sql`set local role rollcall_service`.execute(tx);
      return await tx.selectFrom(table).select('organization_id').execute();
    });
    expect(seen).toEqual([]);
  });

  it('shows nothing once the transaction that named the organization is over', async () => {
    await test.database.inOrganization(ours.organization_id, (tx) => tx.selectFrom('users').selectAll().execute());
    const after = await test.database.inOrganization('', (tx) => tx.selectFrom('users').selectAll().execute());
    expect(after).toEqual([]);
  });

  it('refuses to write a row of another organization', async () => {
    const { user_id: _, ...user } = theirs.user;
    const intrusion = test.database.inOrganization(ours.organization_id, (tx) =>
      tx
        .insertInto('users')
        .values({ ...user, user_id: randomUUID(), email_folded: 'intruder' })
        .execute(),
    );
    await expect(intrusion).rejects.toThrow('violates row-level security policy');
  });

  it('finds a session by its whole key alone, without an organization being set', async () => {
    const { readSessionByKey } = test.database;
    const found = await readSessionByKey(ours.organization_id, ours.request_id);
    expect(found).toMatchObject({ request_id: ours.request_id, user_id: ours.user.user_id });
    expect(await readSessionByKey(theirs.organization_id, ours.request_id)).toBeUndefined();
    expect(await readSessionByKey(ours.organization_id, randomUUID())).toBeUndefined();
  });

  it('has no other function that looks past the policy', async () => {
    const functions = await test.database.asMaintenance('doctor', (tx) =>
      sql<{ name: string; owner: string }>`
        select proname as name, pg_get_userbyid(proowner) as owner
        from pg_proc where prosecdef and pronamespace = 'public'::regnamespace order by proname`.execute(tx),
    );
    const owner = 'rollcall_maintenance';
    const names = [
      ...['add_up_session_counts', 'begin_lease', 'count_run_out', 'end_lease', 'forget_old_changes'],
      ...['keep_begun_sessions', 'keep_changed_sessions', 'keep_removed_sessions', 'live_leases', 'people_with_text'],
      ...['renew_lease', 'sessions_by_key'],
    ];
    expect(functions.rows).toEqual(names.map((name) => ({ name, owner })));
  });

  it('works under roles without power of their own', async () => {
    const roles = await test.database.asMaintenance('doctor', (tx) =>
      sql`select rolname, rolsuper, rolbypassrls, rolcanlogin, rolcreaterole, rolcreatedb from pg_roles
        where rolname like 'rollcall_%' order by rolname`.execute(tx),
    );
    const powerless = {
      rolsuper: false,
      rolbypassrls: false,
      rolcanlogin: false,
      rolcreaterole: false,
      rolcreatedb: false,
    };
    expect(roles.rows).toEqual([
      { rolname: 'rollcall_maintenance', ...powerless },
      { rolname: 'rollcall_service', ...powerless },
    ]);
    const owned = await test.database.asMaintenance('doctor', (tx) =>
      sql`select relname from pg_class where pg_get_userbyid(relowner) like 'rollcall_%'`.execute(tx),
    );
    expect(owned.rows).toEqual([]);
  });

  it('forces row-level security on every table that has an organization and that the service can reach', async () => {
    const tables = await test.database.asMaintenance('doctor', (tx) =>
      sql<{ name: string; forced: boolean }>`
        select relname as name, relrowsecurity and relforcerowsecurity as forced
        from pg_class join pg_attribute on attrelid = pg_class.oid and attname = 'organization_id'
        where relkind = 'r' and relnamespace = 'public'::regnamespace
          and has_table_privilege('rollcall_service', pg_class.oid, 'select, insert, update, delete')`.execute(tx),
    );
    expect(tables.rows).toHaveLength(TENANT_TABLES.length + KEPT_TABLES.length - 1);
    expect(tables.rows.filter((table) => !table.forced)).toEqual([]);
  });

  it('begins every primary key with the organization', async () => {
    const keys = await test.database.asMaintenance('doctor', (tx) =>
      sql<{ name: string; first: string }>`
        select relname as name, attname as first
        from pg_index join pg_class on pg_class.oid = indrelid
        join pg_attribute on attrelid = indrelid and attnum = indkey[0]
        where indisprimary and relnamespace = 'public'::regnamespace and relname not in ('migrations', 'leases')`.execute(
        tx,
      ),
    );
    expect(keys.rows).toHaveLength(TENANT_TABLES.length + KEPT_TABLES.length);
    expect(new Set(keys.rows.map((key) => key.first))).toEqual(new Set(['organization_id']));
  });

  it.each([
    ['audit events are never changed', `update audit_events set reason = 'x'`],
    ['audit events are never deleted', 'delete from audit_events'],
    ['sessions are never deleted', 'delete from sessions'],
    ['whose session it is never changes', `update sessions set user_email = 'x'`],
    ['organizations are not created', `insert into organizations values (gen_random_uuid(), 'x', 'x', now())`],
    ['what was spent stays spent', 'delete from spent_tokens'],
    ['migrations are not read', 'select * from migrations'],
    ['the texts of sessions are not read', 'select * from session_texts'],
    ['the figures of sessions are not changed', 'update session_counts set sessions = 0'],
  ])('%s by the service', async (_, statement) => {
    const attempt = test.database.inOrganization(ours.organization_id, (tx) => sql.raw(statement).execute(tx));
    await expect(attempt).rejects.toThrow('permission denied');
  });

  it('lets maintenance see every organization', async () => {
    const rows = await test.database.asMaintenance('organizations', (tx) =>
      tx.selectFrom('organizations').select('organization_id').execute(),
    );
    expect(rows).toHaveLength(2);
  });
});

it('has a reason for every purpose that looks across organizations', () => {
  expect(Object.keys(MAINTENANCE)).toEqual(['organizations', 'expiry', 'retention', 'doctor']);
});
