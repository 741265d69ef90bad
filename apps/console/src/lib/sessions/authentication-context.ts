/** How strongly somebody was authenticated by their identity provider, in words. */
import type { AuthenticationContext } from '@rollcall/core/schema/session';

/** RFC 8176, 2. */
const methodWords = new Map([
  ['face', 'face'],
  ['fpt', 'fingerprint'],
  ['geo', 'place'],
  ['hwk', 'hardware key'],
  ['iris', 'iris'],
  ['kba', 'questions'],
  ['mca', 'several channels'],
  ['mfa', 'several factors'],
  ['otp', 'one-time code'],
  ['pin', 'PIN'],
  ['pwd', 'password'],
  ['rba', 'judged by risk'],
  ['retina', 'retina'],
  ['sc', 'smart card'],
  ['sms', 'text message'],
  ['swk', 'software key'],
  ['tel', 'telephone call'],
  ['user', 'presence'],
  ['vbm', 'voice'],
  ['wia', 'Windows sign-in'],
]);

type Methods = Pick<AuthenticationContext, 'methods'>;

/** `password, one-time code`; what is no standard's is told as the provider has it. Empty where it told nothing. */
export function writeMethods({ methods }: Methods): string {
  return methods.map((method) => methodWords.get(method) ?? method).join(', ');
}

/** The same, with the provider's own words: `password, one-time code (pwd, otp)`. */
export function writeMethodsAsTold({ methods }: Methods): string {
  if (methods.length === 0) return 'The provider did not say';
  const isKnown = methods.some((method) => methodWords.has(method));
  return isKnown ? `${writeMethods({ methods })} (${methods.join(', ')})` : writeMethods({ methods });
}
