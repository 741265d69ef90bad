/** Users as whoever manages them sees them. */

import { permissionsOf } from '@rollcall/core/permission';
import type { UserDetails, UserListQuery, UserStatus } from '@rollcall/core/schema/user';
import { searchTerms } from '@rollcall/core/search';
import { type RawBuilder, type Selectable, sql, type Transaction } from 'kysely';
import type { Tables, UsersTable } from '../database/tables.ts';
import { isActive, type Reader } from '../sessions/matching-sessions.ts';

type UserRow = Pick<
  Selectable<UsersTable>,
  'user_id' | 'email' | 'account_type' | 'role' | 'permissions' | 'created_at' | 'joined_at' | 'disabled_at'
> & { readonly last_activity: string | null; readonly active_sessions: number };

export interface UserPage {
  readonly users: UserDetails[];
  readonly total: number;
}

/** By e-mail. */
export async function readUserPage(
  tx: Transaction<Tables>,
  reader: Reader,
  { page, pageSize, ...filter }: UserListQuery,
): Promise<UserPage> {
  const wanted = isWanted(reader, filter);
  const { rows: counted } = await sql<{ total: number }>`select count(*) as total from users where ${wanted}`.execute(
    tx,
  );
  const place = sql`order by email_folded, user_id limit ${pageSize} offset ${(page - 1) * pageSize}`;
  return { users: await readUsers(tx, reader, sql`${wanted} ${place}`), total: counted[0]?.total ?? 0 };
}

export async function readUser(
  tx: Transaction<Tables>,
  reader: Reader,
  userId: string,
): Promise<UserDetails | undefined> {
  const [user] = await readUsers(tx, reader, sql`${isOfOrganization(reader)} and user_id = ${userId}`);
  return user;
}

// Sessions are looked at for those users alone who are shown.
async function readUsers(tx: Transaction<Tables>, reader: Reader, which: RawBuilder<unknown>): Promise<UserDetails[]> {
  const { rows } = await sql<UserRow>`
    select shown.*,
      (select max(last_activity) from sessions where ${isOfShown}) as last_activity,
      (select count(*) from sessions where ${isOfShown} and ${isActive(reader)}) as active_sessions
    from (select * from users where ${which}) as shown
    order by shown.email_folded, shown.user_id`.execute(tx);
  return rows.map((row) => detailsOf(row, reader));
}

const isOfShown = sql<boolean>`sessions.organization_id = shown.organization_id and sessions.user_id = shown.user_id`;

function isOfOrganization({ actor }: Reader): RawBuilder<boolean> {
  return sql<boolean>`organization_id = ${actor.organizationId} and removed_at is null`;
}

type Filter = Omit<UserListQuery, 'page' | 'pageSize'>;

function isWanted(reader: Reader, { search, status, role, accountType }: Filter): RawBuilder<boolean> {
  const conditions = [
    isOfOrganization(reader),
    ...searchTerms(search).map((term) => sql<boolean>`strpos(email_folded, ${term}) > 0`),
    ...(status === 'all' ? [] : [hasStatus[status]]),
    ...(role === 'all' ? [] : [sql<boolean>`role = ${role}`]),
    ...(accountType === 'all' ? [] : [sql<boolean>`account_type = ${accountType}`]),
  ];
  return sql<boolean>`${sql.join(conditions, sql` and `)}`;
}

const hasStatus: Readonly<Record<UserStatus, RawBuilder<boolean>>> = {
  disabled: sql<boolean>`disabled_at is not null`,
  invited: sql<boolean>`(disabled_at is null and joined_at is null)`,
  active: sql<boolean>`(disabled_at is null and joined_at is not null)`,
};

function statusOf({ disabled_at, joined_at }: Pick<UserRow, 'disabled_at' | 'joined_at'>): UserStatus {
  if (disabled_at !== null) return 'disabled';
  return joined_at === null ? 'invited' : 'active';
}

function detailsOf(row: UserRow, { actor }: Reader): UserDetails {
  const { user_id: userId, email, account_type: accountType, role } = row;
  return {
    ...{ userId, email, accountType, role },
    status: statusOf(row),
    permissions: permissionsOf(row),
    createdAt: row.created_at,
    ...(row.last_activity !== null && { lastActivity: row.last_activity }),
    activeSessions: row.active_sessions,
    isCurrent: userId === actor.userId,
  };
}
