/** Creating a user, with its audit event. */
import { fold } from '@rollcall/core/fold';
import type { Instant } from '@rollcall/core/instant';
import type { Permission, User } from '@rollcall/core/schema/user';
import type { Transaction } from 'kysely';
import { type NewAuditEvent, writeAuditEvent } from '../audit/write-audit-event.ts';
import type { Tables } from '../database/tables.ts';
import type { NewPasswordLink } from './password-links.ts';

/** Another user of the organization has this e-mail, perhaps spelled differently. */
export class EmailTaken extends Error {
  override readonly name = 'EmailTaken';
}

export interface NewUser extends User {
  readonly organizationId: string;
  readonly permissions: readonly Permission[];
  /** Without one, nobody can sign in with a password. */
  readonly passwordHash?: string;
  /** For somebody who is invited, and is to choose one. */
  readonly link?: NewPasswordLink;
  /** Whether they come in at this moment, through the identity provider. */
  readonly hasJoined?: boolean;
  readonly at: Instant;
  readonly eventId: string;
  /** Who creates it, and from where; nobody for a command on the machine itself. */
  readonly by?: Pick<NewAuditEvent, 'actor' | 'client'>;
}

/** In the organization's own transaction (`Database.inOrganization`). Throws {@link EmailTaken}. */
export async function createUser(tx: Transaction<Tables>, created: NewUser): Promise<User> {
  const { organizationId, userId, email, accountType, role, passwordHash, link, at, eventId, by } = created;
  const inserted = await tx
    .insertInto('users')
    .values({
      organization_id: organizationId,
      user_id: userId,
      email,
      email_folded: fold(email),
      account_type: accountType,
      role,
      permissions: [...created.permissions],
      created_at: at,
      joined_at: created.hasJoined || passwordHash !== undefined || accountType === 'service' ? at : null,
      ...(passwordHash !== undefined && { password_hash: passwordHash, password_changed_at: at }),
      ...(link && { password_link_hash: link.hash, password_link_expires_at: link.expiresAt }),
    })
    .onConflict((conflict) => conflict.columns(['organization_id', 'email_folded']).doNothing())
    .returning('user_id')
    .executeTakeFirst();
  if (!inserted) throw new EmailTaken(`another user has the e-mail ${email}`);
  await writeAuditEvent(tx, {
    organizationId,
    eventId,
    at,
    action: 'user-created',
    outcome: 'success',
    subject: { email },
    details: { accountType, role, permissions: created.permissions },
    ...by,
  });
  return { userId, email, accountType, role };
}
