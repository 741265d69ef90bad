/** Why a session ended, in words. */
import type { EndReason } from '@rollcall/core/schema/session';

/** Below a status: two or three words. */
export const endReasonLabels: Readonly<Record<EndReason, string>> = {
  'signed-out': 'Signed out',
  terminated: 'Terminated',
  'idle-timeout': 'Idle for too long',
  'absolute-timeout': 'Reached its age limit',
  'token-reuse': 'Token used twice',
  'session-limit': 'Too many sessions',
  'credentials-changed': 'Credentials changed',
  'user-disabled': 'User disabled',
};

/** Why somebody is led to the sign-in page: what the API says, or what they have just done themselves. */
export type SignInReason = EndReason | 'terminated-by-yourself' | 'password-chosen' | 'other-network';

/** On the sign-in page: a sentence for the one whose session it was. */
export const signInReasons: Readonly<Record<SignInReason, string>> = {
  'signed-out': 'You are signed out.',
  terminated: 'Your session was ended by an administrator.',
  'terminated-by-yourself': 'You terminated the session that you were using.',
  'password-chosen': 'Your password is chosen. Sign in with it.',
  'other-network':
    'Your session belongs to the network in which you began it, and goes on there. Sign in again from here.',
  'idle-timeout': 'Your session ended because it was not used for a while.',
  'absolute-timeout': 'Your session ended because it had reached its age limit.',
  'token-reuse': 'Your session ended because its token was used twice. If that was not you, change your password.',
  'session-limit': 'Your session ended because you signed in on too many devices.',
  'credentials-changed': 'Your session ended because the password was changed, or the key revoked.',
  'user-disabled': 'Your session ended because the account was disabled.',
};

export function isSignInReason(text: string | null): text is SignInReason {
  return text !== null && Object.hasOwn(signInReasons, text);
}
