/** Changes to users after which their sessions are not to be trusted any more: they end, each with its audit event. */
import type { Instant } from '@rollcall/core/instant';
import type { AuditAction } from '@rollcall/core/schema/audit';
import type { EndReason } from '@rollcall/core/schema/session';
import type { Transaction, Updateable } from 'kysely';
import { type NewAuditEvent, writeAuditEvent } from '../audit/write-audit-event.ts';
import type { Tables, UsersTable } from '../database/tables.ts';
import { endSessions } from '../sessions/end-sessions.ts';

/** The organization has no user with that e-mail. */
export class NoSuchUser extends Error {
  override readonly name = 'NoSuchUser';
}

export type UserChange =
  | { readonly kind: 'password'; readonly passwordHash: string }
  | { readonly kind: 'disable' | 'enable' | 'remove' };

export interface ChangedUser {
  readonly organizationId: string;
  /** Folded as core does it. */
  readonly emailFolded: string;
  readonly change: UserChange;
  readonly at: Instant;
  readonly newId: () => string;
  /** Who changes them, and from where; nobody for a command on the machine itself. */
  readonly by?: Pick<NewAuditEvent, 'actor' | 'client'>;
}

/**
 * In the organization's own transaction. Answers the ids of the sessions that ended. Throws {@link NoSuchUser}.
 *
 * The user's row is changed before their sessions are looked for: a sign-in that is under way holds that row, so its
 * session is either there already or finds the user changed.
 */
export async function changeUser(tx: Transaction<Tables>, changed: ChangedUser): Promise<string[]> {
  const { organizationId, emailFolded, change, at, newId, by } = changed;
  const user = await tx
    .updateTable('users')
    .set(columnsOf(change, at))
    .where('organization_id', '=', organizationId)
    .where('email_folded', '=', emailFolded)
    .returning(['user_id', 'email'])
    .executeTakeFirst();
  if (!user) throw new NoSuchUser(`there is no user with the e-mail ${emailFolded}`);
  if (change.kind === 'remove') await leaveNothing(tx, organizationId, user.user_id);
  const event = { organizationId, eventId: newId(), at, subject: { email: user.email }, ...by };
  await writeAuditEvent(tx, { ...event, action: actions[change.kind], outcome: 'success' });
  const reason = endReasons[change.kind];
  if (reason === undefined) return [];
  return await endSessionsOf(tx, { ...changed, userId: user.user_id, reason });
}

const actions = {
  password: 'password-changed',
  disable: 'user-disabled',
  enable: 'user-enabled',
  remove: 'user-removed',
} as const satisfies Record<UserChange['kind'], AuditAction>;

const endReasons: Readonly<Record<UserChange['kind'], EndReason | undefined>> = {
  password: 'credentials-changed',
  disable: 'user-disabled',
  enable: undefined,
  remove: 'user-disabled',
};

function columnsOf(change: UserChange, at: Instant): Updateable<UsersTable> {
  switch (change.kind) {
    case 'password':
      return { password_hash: change.passwordHash, password_changed_at: at };
    case 'disable':
      return { disabled_at: at };
    case 'enable':
      return { disabled_at: null };
    case 'remove':
      return { disabled_at: at, removed_at: at, password_hash: null, password_changed_at: null };
  }
}

// Their e-mail is free for others, and views that nobody else could see are gone.
async function leaveNothing(tx: Transaction<Tables>, organizationId: string, userId: string): Promise<void> {
  await tx
    .updateTable('users')
    .set({ email_folded: userId })
    .where('organization_id', '=', organizationId)
    .where('user_id', '=', userId)
    .execute();
  await tx
    .deleteFrom('saved_views')
    .where('organization_id', '=', organizationId)
    .where('user_id', '=', userId)
    .execute();
}

interface Ending extends ChangedUser {
  readonly userId: string;
  readonly reason: EndReason;
}

async function endSessionsOf(tx: Transaction<Tables>, ending: Ending): Promise<string[]> {
  const { organizationId, userId, reason, at, newId, by } = ending;
  const sessions = await tx
    .selectFrom('sessions')
    .select('request_id')
    .where('organization_id', '=', organizationId)
    .where('user_id', '=', userId)
    .where('ended_at', 'is', null)
    .execute();
  const ends = sessions.map(({ request_id: requestId }) => ({ requestId, at, reason }));
  return await endSessions(tx, { organizationId, ends, newId, ...(by && { by }) });
}
