/** A password from the standard input. */
import { NewPassword } from '@rollcall/core/schema/authentication';
import { CommandFailed } from './command.ts';

// What echo and editors put at the end of a line is not part of it.
export function readPassword(input: string): string {
  const parsed = NewPassword.safeParse(input.replace(/\r?\n$/, ''));
  if (parsed.success) return parsed.data;
  throw new CommandFailed(`the password ${parsed.error.issues.map(({ message }) => message).join(' and ')}`);
}
