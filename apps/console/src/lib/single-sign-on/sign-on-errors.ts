/** Why nobody came in through the identity provider, in words that say what to do. */
import type { SignOnError } from '@rollcall/core/schema/single-sign-on';

export const signOnErrors: Readonly<Record<SignOnError, string>> = {
  'not-offered': 'Single sign-on is not offered here. Sign in with your password.',
  unavailable: 'Your organization’s provider does not answer at the moment. Try again shortly, or use your password.',
  denied:
    'You are not signed in: it was cancelled or refused at your organization’s provider. Try again, or use your password.',
  'provider-error':
    'Single sign-on is not set up correctly, and nobody can come in by it. Tell an administrator; passwords work as before.',
  'not-valid':
    'What your organization’s provider answered could not be verified. Try again; tell an administrator if it stays like this.',
  expired: 'That took too long, or was begun in another tab. Try again.',
  'email-not-verified':
    'Your organization’s provider does not say that your e-mail is verified. Have it verified there, then try again.',
  'not-invited': 'Nobody here has your e-mail. Ask an administrator to invite you.',
  'other-account':
    'Somebody came in with your e-mail under another account of your organization’s provider. Use that one, or ask an administrator.',
  disabled: 'Your account here is disabled, or was removed. Ask an administrator.',
  'beyond-provider': 'You may do more than single sign-on is trusted with. Sign in with your password.',
};

export function isSignOnError(text: string | null): text is SignOnError {
  return text !== null && Object.hasOwn(signOnErrors, text);
}
