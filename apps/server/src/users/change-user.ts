/** Changes to users, after which their sessions may not be trusted any more: those end, each with its audit event. */
import type { Instant } from '@rollcall/core/instant';
import type { AuditAction } from '@rollcall/core/schema/audit';
import type { EndReason } from '@rollcall/core/schema/session';
import type { Rights } from '@rollcall/core/user-management';
import type { Selectable, Transaction, Updateable } from 'kysely';
import { type NewAuditEvent, writeAuditEvent } from '../audit/write-audit-event.ts';
import type { Tables, UsersTable } from '../database/tables.ts';
import { endSessions } from '../sessions/end-sessions.ts';
import type { NewPasswordLink } from './password-links.ts';

/** The organization has no such user. */
export class NoSuchUser extends Error {
  override readonly name = 'NoSuchUser';
}

export type UserChange =
  | {
      readonly kind: 'password';
      readonly passwordHash: string;
      /** A session that goes on: that of whoever changes their own password. */
      readonly except?: string;
    }
  | { readonly kind: 'reset-password'; readonly link: NewPasswordLink }
  | { readonly kind: 'rights'; readonly rights: Rights }
  | { readonly kind: 'disable' | 'enable' | 'remove' };

export interface ChangedUser {
  readonly organizationId: string;
  readonly who: { readonly userId: string } | { readonly emailFolded: string };
  readonly change: UserChange;
  readonly at: Instant;
  readonly newId: () => string;
  /** Who changes them, and from where; nobody for a command on the machine itself. */
  readonly by?: Pick<NewAuditEvent, 'actor' | 'client'>;
}

/** What a change did to the user's sessions. */
export interface Affected {
  readonly ended: readonly string[];
  /** What is remembered of them is out of date: those that have ended, or whose user may do something else now. */
  readonly changed: readonly string[];
}

/**
 * In the organization's own transaction. Throws {@link NoSuchUser}.
 *
 * The user's row is changed before their sessions are looked for: a sign-in that is under way holds that row, so its
 * session is either there already or finds the user changed.
 */
export async function changeUser(tx: Transaction<Tables>, changed: ChangedUser): Promise<Affected> {
  const { organizationId, who, change, at, newId, by } = changed;
  const user = await tx
    .updateTable('users')
    .set(columnsOf(change, at))
    .where('organization_id', '=', organizationId)
    .where('removed_at', 'is', null)
    .where((eb) => ('userId' in who ? eb('user_id', '=', who.userId) : eb('email_folded', '=', who.emailFolded)))
    .returning(['user_id', 'email', 'joined_at'])
    .executeTakeFirst();
  if (!user) throw new NoSuchUser('there is no such user');
  await follow(tx, changed, user);
  const event = { organizationId, eventId: newId(), at, subject: { email: user.email }, ...by };
  const details = change.kind === 'rights' ? { ...change.rights } : undefined;
  await writeAuditEvent(tx, {
    ...event,
    action: actions[change.kind],
    outcome: 'success',
    ...(details && { details }),
  });
  const open = await openSessionsOf(tx, organizationId, user.user_id);
  const reason = endReasons[change.kind];
  if (reason === undefined) return { ended: [], changed: change.kind === 'rights' ? open : [] };
  const kept = change.kind === 'password' ? change.except : undefined;
  const ends = open.filter((requestId) => requestId !== kept).map((requestId) => ({ requestId, at, reason }));
  const ended = await endSessions(tx, { organizationId, ends, newId, ...(by && { by }) });
  return { ended, changed: ended };
}

const actions = {
  password: 'password-changed',
  'reset-password': 'password-reset',
  rights: 'user-changed',
  disable: 'user-disabled',
  enable: 'user-enabled',
  remove: 'user-removed',
} as const satisfies Record<UserChange['kind'], AuditAction>;

const endReasons: Readonly<Record<UserChange['kind'], EndReason | undefined>> = {
  password: 'credentials-changed',
  'reset-password': 'credentials-changed',
  rights: undefined,
  disable: 'user-disabled',
  enable: undefined,
  remove: 'user-disabled',
};

const noPassword = { password_hash: null, password_changed_at: null };
const noLink = { password_link_hash: null, password_link_expires_at: null };

function columnsOf(change: UserChange, at: Instant): Updateable<UsersTable> {
  switch (change.kind) {
    case 'password':
      return { password_hash: change.passwordHash, password_changed_at: at, ...noLink };
    case 'reset-password':
      return {
        ...noPassword,
        password_link_hash: change.link.hash,
        password_link_expires_at: change.link.expiresAt,
      };
    case 'rights':
      return { role: change.rights.role, permissions: [...change.rights.permissions] };
    case 'disable':
      return { disabled_at: at, ...noLink };
    case 'enable':
      return { disabled_at: null };
    case 'remove':
      return { disabled_at: at, removed_at: at, ...noPassword, ...noLink };
  }
}

type Found = Pick<Selectable<UsersTable>, 'user_id' | 'joined_at'>;

async function follow(tx: Transaction<Tables>, { organizationId, change, at }: ChangedUser, user: Found) {
  const row = tx.updateTable('users').where('organization_id', '=', organizationId).where('user_id', '=', user.user_id);
  if (change.kind === 'password' && user.joined_at === null) await row.set({ joined_at: at }).execute();
  if (change.kind !== 'remove') return;
  // Their e-mail is free for others, and views that nobody else could see are gone.
  await row.set({ email_folded: user.user_id }).execute();
  await tx
    .deleteFrom('saved_views')
    .where('organization_id', '=', organizationId)
    .where('user_id', '=', user.user_id)
    .execute();
}

async function openSessionsOf(tx: Transaction<Tables>, organizationId: string, userId: string): Promise<string[]> {
  const sessions = await tx
    .selectFrom('sessions')
    .select('request_id')
    .where('organization_id', '=', organizationId)
    .where('user_id', '=', userId)
    .where('ended_at', 'is', null)
    .execute();
  return sessions.map(({ request_id: requestId }) => requestId);
}
