/** A user whom nobody else changes until the transaction ends. */
import type { ManagedUser } from '@rollcall/core/user-management';
import { sql, type Transaction } from 'kysely';
import type { Tables } from '../database/tables.ts';

export interface LockedUser {
  readonly subject: ManagedUser;
  /** Whether somebody else is an administrator who can sign in with a password; false where the administrators were not locked. */
  readonly hasOtherAdministrator: boolean;
}

interface Which {
  readonly organizationId: string;
  readonly userId: string;
  /** Where they may stop being one. Rows are locked in one order: of two who would demote each other the second finds what the first has done. */
  readonly withAdministrators: boolean;
}

/** Undefined where they are removed. */
export async function lockUser(
  tx: Transaction<Tables>,
  { organizationId, userId, withAdministrators }: Which,
): Promise<LockedUser | undefined> {
  const rows = await tx
    .selectFrom('users')
    .select(['user_id', 'role', 'permissions', 'account_type', 'disabled_at', 'password_hash'])
    .where('organization_id', '=', organizationId)
    .where('removed_at', 'is', null)
    .where((eb) =>
      eb.or([
        eb('user_id', '=', userId),
        ...(withAdministrators ? [eb('role', '=', sql.lit('administrator' as const))] : []),
      ]),
    )
    .orderBy('user_id')
    .forNoKeyUpdate()
    .execute();
  const found = rows.find(({ user_id }) => user_id === userId);
  if (!found) return undefined;
  const { role, permissions, account_type: accountType } = found;
  return {
    subject: { role, permissions, accountType, isDisabled: found.disabled_at !== null },
    hasOtherAdministrator: rows.some(
      (row) => row !== found && row.role === 'administrator' && row.disabled_at === null && row.password_hash !== null,
    ),
  };
}
