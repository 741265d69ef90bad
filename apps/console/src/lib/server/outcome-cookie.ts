/** Carries an outcome over the redirect that follows an action, with or without scripts. */
import type { Cookies } from '@sveltejs/kit';
import { type OutcomeKind, outcomeKinds } from '#lib/sessions/outcome.ts';

interface Left {
  readonly kind: OutcomeKind;
  /** Which session; of several, how many. */
  readonly about: string;
}

const name = 'outcome';
const seconds = 60;

export function leaveOutcome(cookies: Pick<Cookies, 'set'>, { kind, about }: Left): void {
  cookies.set(name, `${kind} ${about}`, { maxAge: seconds });
}

/** What was left, once. */
export function takeOutcome(cookies: Pick<Cookies, 'get' | 'delete'>): Left | undefined {
  const text = cookies.get(name);
  if (text === undefined) return undefined;
  cookies.delete(name);
  const [word, about = ''] = text.split(' ');
  const kind = outcomeKinds.find((candidate) => candidate === word);
  return kind && { kind, about };
}
