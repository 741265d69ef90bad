/** One organization with one row in every table, to look at and to trip over. */
import { randomBytes, randomUUID } from 'node:crypto';
import { searchableText } from '@rollcall/core/search';
import { type Insertable, sql, type Transaction } from 'kysely';
import type { Database } from '../src/database/database.ts';
import type { SessionsTable, Tables, UsersTable } from '../src/database/tables.ts';

export interface OneSession {
  organization_id: string;
  request_id: string;
  user: Insertable<UsersTable>;
  session: Insertable<SessionsTable>;
}

const AT = '2026-11-23T09:42:19.000Z';

export async function seedSession(
  database: Database,
  overrides: Partial<Insertable<SessionsTable>> = {},
): Promise<OneSession> {
  const organization_id = randomUUID();
  const user: Insertable<UsersTable> = {
    organization_id,
    user_id: randomUUID(),
    email: 'Ada@example.com',
    email_folded: 'ada@example.com',
    account_type: 'person',
    role: 'administrator',
    permissions: ['audit:read'],
    created_at: AT,
  };
  const session: Insertable<SessionsTable> = {
    organization_id,
    request_id: randomUUID(),
    user_id: user.user_id,
    user_email: user.email,
    session_name: 'Chrome on macOS',
    ip_address: '192.0.2.7',
    user_agent: 'Mozilla/5.0',
    last_ip_address: '192.0.2.7',
    last_user_agent: 'Mozilla/5.0',
    client_type: 'console',
    auth_method: 'password',
    account_type: 'person',
    created_at: AT,
    last_activity: AT,
    search_text: searchableText({ userEmail: user.email, ipAddress: '192.0.2.7', sessionName: 'Chrome on macOS' }),
    token_salt: randomBytes(16),
    token_confirmed_at: AT,
    ...overrides,
  };
  await database.asMaintenance('organizations', (tx) =>
    tx
      .insertInto('organizations')
      .values({ organization_id, slug: `org-${organization_id}`, name: 'An organization', created_at: AT })
      .execute(),
  );
  await database.inOrganization(organization_id, async (tx) => {
    await tx.insertInto('users').values(user).execute();
    await tx.insertInto('sessions').values(session).execute();
    const event = { organization_id, event_id: randomUUID(), at: AT, action: 'sign-in', outcome: 'success' } as const;
    await tx.insertInto('audit_events').values(event).execute();
    const failure = { organization_id, email_folded: 'ada@example.com', ip_address: '192.0.2.7', failures: 1 };
    await tx
      .insertInto('sign_in_failures')
      .values({ ...failure, window_started_at: AT })
      .execute();
    const { request_id } = session;
    const from = { token_number: 2, token_generation: 1, ip_address: '192.0.2.7', user_agent: 'Mozilla/5.0' };
    const verdict = {
      organization_id,
      request_id,
      event_id: randomUUID(),
      at: AT,
      verdict: 'confirmed',
      ...from,
    } as const;
    await tx.insertInto('token_verdicts').values(verdict).execute();
    const change = { organization_id, announcement_id: randomUUID(), request_id };
    await tx.insertInto('session_changes').values(change).execute();
    const view = { search: 'ada', status: 'all', sort: '-createdAt', columns: ['userEmail'], saved_at: AT } as const;
    await tx
      .insertInto('saved_views')
      .values({
        organization_id,
        view_id: randomUUID(),
        user_id: null,
        name: 'Ada',
        ...view,
        columns: [...view.columns],
      })
      .execute();
    const key = { key_id: randomUUID(), user_id: user.user_id, name: 'Nightly', secret_hash: randomBytes(32) };
    await tx
      .insertInto('api_keys')
      .values({ organization_id, ...key, permissions: [], allowed_networks: [], created_at: AT })
      .execute();
    const provider = { issuer: 'https://login.example.com', client_id: 'rollcall', scopes: ['openid'], changed_at: AT };
    const grants = { email_domains: [], administrator_groups: [], trusted_with: [], is_enabled: true };
    await tx
      .insertInto('identity_providers')
      .values({ organization_id, ...provider, ...grants })
      .execute();
    const account = { issuer: provider.issuer, subject: 'ada', user_id: user.user_id, bound_at: AT };
    await tx
      .insertInto('provider_accounts')
      .values({ organization_id, ...account })
      .execute();
    const spent = { kind: 'logout', token_id: 'spent', expires_at: AT } as const;
    await tx
      .insertInto('spent_tokens')
      .values({ organization_id, ...spent })
      .execute();
  });
  return { organization_id, request_id: session.request_id, user, session };
}

/** Adds `count` copies of each of the organization's sessions, under ids of their own. */
export async function multiplySessions(database: Database, organizationId: string, count: number): Promise<void> {
  await database.inOrganization(organizationId, (tx) =>
    sql`
      insert into sessions (organization_id, request_id, user_id, user_email, session_name, ip_address, user_agent,
        last_ip_address, last_user_agent, client_type, auth_method, account_type, created_at, last_activity,
        search_text, token_salt, token_confirmed_at)
      select organization_id, gen_random_uuid(), user_id, user_email, session_name, ip_address, user_agent,
        last_ip_address, last_user_agent, client_type, auth_method, account_type, created_at, last_activity,
        search_text, token_salt, token_confirmed_at
      from sessions, generate_series(1, ${count}::int)`.execute(tx),
  );
}

/** Adds `count` copies of one session, under ids of their own, each with its number in that column. */
export async function copySession(
  tx: Transaction<Tables>,
  { request_id, count, numbered }: { request_id: string; count: number; numbered: 'session_name' | 'search_text' },
): Promise<void> {
  const { rows } = await sql<{ name: string }>`
    select attname as name from pg_attribute
    where attrelid = 'sessions'::regclass and attnum > 0 and not attisdropped and attgenerated = ''`.execute(tx);
  const columns = (table: string) => sql.join(rows.map(({ name }) => sql.ref(`${table}.${name}`)));
  await sql`
    insert into sessions (${sql.join(rows.map(({ name }) => sql.ref(name)))})
    select ${columns('copied')}
    from sessions as session, generate_series(1, ${count}::int) as copy, json_populate_record(session,
      json_build_object('request_id', gen_random_uuid(), ${sql.lit(numbered)}, copy)) as copied
    where session.request_id = ${request_id}`.execute(tx);
}
