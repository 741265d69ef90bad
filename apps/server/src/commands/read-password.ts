/** A password from the standard input. */
import { passwordWeaknesses } from '@rollcall/core/password';
import { NewPassword } from '@rollcall/core/schema/authentication';
import { findWeakness } from '../authentication/common-passwords.ts';
import { CommandFailed } from './command.ts';

/** `about` is what anybody knows of its user. What echo and editors put at the end of a line is not part of it. */
export async function readPassword(input: string, about: readonly string[]): Promise<string> {
  const parsed = NewPassword.safeParse(input.replace(/\r?\n$/, ''));
  if (!parsed.success)
    throw new CommandFailed(`the password ${parsed.error.issues.map(({ message }) => message).join(' and ')}`);
  const weakness = await findWeakness(parsed.data, about);
  if (weakness) throw new CommandFailed(`the password ${passwordWeaknesses[weakness]}`);
  return parsed.data;
}
