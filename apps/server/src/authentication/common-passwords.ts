/** Keeps passwords from being chosen that are among the first guesses. The list is loaded when the first one is chosen. */
import { type PasswordWeakness, passwordWeaknesses, weaknessOf } from '@rollcall/core/password';
import { invalid } from '../http/problem.ts';

let known: Promise<ReadonlySet<string>> | undefined;

/** What speaks against a password; `about` is what anybody knows of its user. */
export async function findWeakness(password: string, about: readonly string[]): Promise<PasswordWeakness | undefined> {
  known ??= load();
  const common = await known;
  return weaknessOf(password, { isCommon: (folded) => common.has(folded), about });
}

/** Throws a problem about the member `field` of the body where something speaks against it. */
export async function demandStrong(
  password: string,
  { about, field }: { readonly about: readonly string[]; readonly field: string },
): Promise<void> {
  const weakness = await findWeakness(password, about);
  if (weakness) throw invalid([{ in: 'body', field, message: passwordWeaknesses[weakness] }]);
}

async function load(): Promise<ReadonlySet<string>> {
  const { dictionary } = await import('@zxcvbn-ts/language-common');
  return new Set(dictionary['passwords-common']);
}
