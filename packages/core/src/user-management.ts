/** Who may invite, change and remove users, and what nobody may do: give what they lack, or leave an organization without an administrator. */
import { type Actor, may, permissionsOf } from './permission.ts';
import type { AccountType, Permission, Role } from './schema/user.ts';

/** What somebody is permitted, or is to be. */
export interface Rights {
  readonly role: Role;
  readonly permissions: readonly Permission[];
}

/** The user whom it concerns. */
export interface ManagedUser extends Rights {
  readonly accountType: AccountType;
  readonly isDisabled: boolean;
}

export type UserManagement =
  | { readonly kind: 'rights'; readonly rights: Rights }
  | { readonly kind: 'disable' | 'enable' | 'remove' | 'reset-password' };

export type UserVerdict =
  | { readonly allowed: true }
  | {
      readonly allowed: false;
      /**
       * `forbidden`: without `users:manage`. `beyond-own`: it would give a permission that the actor lacks, or concerns somebody who has one.
       * `last-administrator`: nobody would be left. `person-only`: programs are no administrators, and choose no passwords by a link.
       */
      readonly reason: 'forbidden' | 'beyond-own' | 'last-administrator' | 'person-only';
    };

type Asker = Pick<Actor, 'permissions'>;

/** Judges an invitation, or a new service account. */
export function judgeInvitation(
  actor: Asker,
  { accountType, ...rights }: Omit<ManagedUser, 'isDisabled'>,
): UserVerdict {
  if (!may(actor, 'users:manage')) return refuse('forbidden');
  if (accountType === 'service' && rights.role === 'administrator') return refuse('person-only');
  return holdsAll(actor, rights) ? { allowed: true } : refuse('beyond-own');
}

/**
 * Judges a change of `subject`. `hasOtherAdministrator`: whether somebody else is an administrator who can sign in; it must hold until the
 * change is made, so whoever asks looks under a lock.
 */
export function judgeManagement(
  actor: Asker,
  {
    subject,
    change,
    hasOtherAdministrator,
  }: { subject: ManagedUser; change: UserManagement; hasOtherAdministrator: boolean },
): UserVerdict {
  if (!may(actor, 'users:manage')) return refuse('forbidden');
  if (!holdsAll(actor, subject)) return refuse('beyond-own');
  const { accountType } = subject;
  if (change.kind === 'reset-password' && accountType === 'service') return refuse('person-only');
  if (change.kind === 'rights') {
    const granted = judgeInvitation(actor, { ...change.rights, accountType });
    if (!granted.allowed) return granted;
  }
  const isLast = subject.role === 'administrator' && !subject.isDisabled && !hasOtherAdministrator;
  return isLast && takesAdministrator(change) ? refuse('last-administrator') : { allowed: true };
}

// Until the new password is chosen nobody can sign in with one, so a reset is among them.
function takesAdministrator(change: UserManagement): boolean {
  return change.kind === 'rights' ? change.rights.role !== 'administrator' : change.kind !== 'enable';
}

function holdsAll(actor: Asker, rights: Rights): boolean {
  return permissionsOf(rights).every((permission) => may(actor, permission));
}

function refuse(reason: Extract<UserVerdict, { allowed: false }>['reason']): UserVerdict {
  return { allowed: false, reason };
}
