/** Which passwords are among the first guesses, and so not to be chosen (NIST SP 800-63B-4, 3.1.1.2). Their length is the schema's. */
import { fold } from './fold.ts';

export type PasswordWeakness = 'common' | 'repetitive' | 'about-user';

/** A sentence for each, to stand behind "Password". */
export const passwordWeaknesses: Readonly<Record<PasswordWeakness, string>> = {
  common: 'is one of the most common passwords, which are guessed first',
  repetitive: 'repeats one short part, which is guessed early',
  'about-user': 'is made of your e-mail address or the organization’s name, which are guessed first',
};

interface Known {
  /** Whether a folded text is on the list of common passwords. */
  readonly isCommon: (folded: string) => boolean;
  /** What anybody knows of the user: e-mail address, organization. */
  readonly about?: readonly string[];
}

/** What is wrong with a password that is being chosen, or `undefined`. There are no rules of composition: any character of any script counts alike. */
export function weaknessOf(password: string, { isCommon, about = [] }: Known): PasswordWeakness | undefined {
  const folded = fold(password);
  const part = repeatedPart(folded);
  if (isCommon(folded)) return 'common';
  // A part that could not be chosen by itself is no better for being typed twice.
  if (part !== folded && (part.length < 12 || isCommon(part))) return 'repetitive';
  return isMadeOf(folded, about) ? 'about-user' : undefined;
}

/** `abc` of `abcabcabcab`: the shortest text that, repeated and cut, makes it. */
function repeatedPart(text: string): string {
  for (let length = 1; length <= text.length / 2; length += 1) {
    const part = text.slice(0, length);
    if (part.repeat(Math.ceil(text.length / length)).startsWith(text)) return part;
  }
  return text;
}

// `ada@example.com` as it is, `ada` and `example` with a few digits or signs around them.
function isMadeOf(folded: string, about: readonly string[]): boolean {
  const names = about.map(fold).flatMap((text) => [text, ...text.split(/[^\p{L}\p{N}]+/u)]);
  const rest = names
    .filter((name) => name.length >= 3)
    .toSorted((one, other) => other.length - one.length)
    .reduce((left, name) => left.replaceAll(name, ''), folded);
  return rest.length < folded.length && rest.length < 6;
}
