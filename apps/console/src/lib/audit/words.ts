/** What the audit trail records, in words. */
import { problems } from '@rollcall/core/problem';
import type { AuditAction, AuditEvent, AuditOutcome } from '@rollcall/core/schema/audit';

/** Of what was done or was refused alike. */
export const actionNames: Readonly<Record<AuditAction, string>> = {
  'sign-in': 'Sign-in',
  'sign-out': 'Sign-out',
  termination: 'Termination',
  'termination-confirmed': 'Termination confirmed',
  'sessions-terminated': 'Several terminations',
  'session-ended': 'End of a session',
  'sessions-exported': 'Export of sessions',
  'token-reuse': 'Reuse of a token',
  'token-forged': 'Forged token',
  'other-network': 'Use from another network',
  'user-created': 'New user',
  'user-changed': 'Change of a user',
  'user-disabled': 'Disabling of a user',
  'user-enabled': 'Enabling of a user',
  'user-removed': 'Removal of a user',
  'password-changed': 'Change of a password',
  'password-reset': 'Reset of a password',
  'key-created': 'New API key',
  'key-revoked': 'Revocation of an API key',
  'account-bound': 'Account bound to a user',
  'provider-logout': 'Sign-out at the identity provider',
  'provider-changed': 'Choice of the identity provider',
  'provider-removed': 'Removal of the identity provider',
  'settings-changed': 'Change of settings',
  'view-saved': 'Saving of a view',
  'view-removed': 'Removal of a view',
};

/** As they are offered to choose from. */
export const actionGroups: readonly (readonly [string, readonly AuditAction[]])[] = [
  ['Signing in and out', ['sign-in', 'sign-out', 'provider-logout']],
  ['Sessions', ['termination', 'termination-confirmed', 'sessions-terminated', 'session-ended', 'sessions-exported']],
  ['Tokens and networks', ['token-reuse', 'token-forged', 'other-network']],
  ['Users', ['user-created', 'user-changed', 'user-disabled', 'user-enabled', 'user-removed', 'account-bound']],
  ['Passwords and keys', ['password-changed', 'password-reset', 'key-created', 'key-revoked']],
  ['Organization', ['settings-changed', 'provider-changed', 'provider-removed', 'view-saved', 'view-removed']],
];

export const outcomeNames: Readonly<Record<AuditOutcome, string>> = { success: 'Done', refused: 'Refused' };
export const outcomeTones = { success: 'neutral', refused: 'red' } as const;

/** In whose place, where no session was: a request that proved nobody, or none at all. */
export function nobodyIn({ ipAddress }: AuditEvent): string {
  return ipAddress === undefined ? 'The service, or a command' : 'Somebody not signed in';
}

/** Why something was refused. One that is newer than this console is told as the API has it. */
export function reasonInWords(reason: string): string {
  return Object.entries(problems).find(([code]) => code === reason)?.[1].title ?? reason;
}
