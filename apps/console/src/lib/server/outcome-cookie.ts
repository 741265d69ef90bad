/** Carries an outcome over the redirect that follows an action, with or without scripts. */
import type { Cookies } from '@sveltejs/kit';

interface Left<Kind extends string> {
  readonly kind: Kind;
  /** Which session or user; of several, how many. */
  readonly about: string;
}

const name = 'outcome';
const seconds = 60;

export function leaveOutcome(cookies: Pick<Cookies, 'set'>, { kind, about }: Left<string>): void {
  cookies.set(name, `${kind} ${about}`, { maxAge: seconds });
}

/** What was left, once, if it is one of these kinds. */
export function takeOutcome<Kind extends string>(
  cookies: Pick<Cookies, 'get' | 'delete'>,
  kinds: readonly Kind[],
): Left<Kind> | undefined {
  const text = cookies.get(name);
  if (text === undefined) return undefined;
  cookies.delete(name);
  const [word, about = ''] = text.split(' ');
  const kind = kinds.find((candidate) => candidate === word);
  return kind && { kind, about };
}
