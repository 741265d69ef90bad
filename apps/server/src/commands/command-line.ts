/** What somebody typed after `rollcall`. */
import { parseArgs } from 'node:util';
import { changePassword, disableUser, enableUser, removeUser } from './change-user.ts';
import type { Command, Task } from './command.ts';
import { UsageError } from './command.ts';
import { createOrganization } from './create-organization.ts';
import { createUser } from './create-user.ts';
import { demo } from './demo.ts';
import { doctor } from './doctor.ts';
import { migrate } from './migrate.ts';

export type CommandLine =
  | { readonly kind: 'serve' }
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }
  | { readonly kind: 'task'; readonly task: Task };

const commands: readonly Command[] = [
  migrate,
  demo,
  createOrganization,
  createUser,
  changePassword,
  disableUser,
  enableUser,
  removeUser,
  doctor,
];

/** Nothing at all means `serve`. Throws `UsageError`. */
export function parseCommandLine(words: readonly string[]): CommandLine {
  const [first = 'serve'] = words;
  const command = commands.find(({ name }) => name === words.slice(0, name.split(' ').length).join(' '));
  if (command) return parseCommand(command, words.slice(command.name.split(' ').length));
  if (first === 'serve' || first.startsWith('-')) return parseServe(words.slice(first === 'serve' ? 1 : 0));
  throw new UsageError(`there is no command "${words.join(' ')}"`);
}

export const help = `rollcall: a session service

  rollcall [serve]
      Serves the API and the console.
${commands.map(({ name, usage, summary }) => `  ${`rollcall ${name} ${usage}`.trim()}\n      ${summary}`).join('\n')}
  rollcall --help, rollcall --version

Configuration comes from environment variables, all of which have defaults: see docs/configuration.md.
Beside a running server with an embedded database, commands are run by the server.`;

const asking = { help: { type: 'boolean', short: 'h' } } as const;

function parseCommand({ options, prepare }: Command, words: string[]): CommandLine {
  const { help: wantsHelp, ...values } = parse(words, { ...options, ...asking });
  return wantsHelp ? { kind: 'help' } : { kind: 'task', task: prepare(values) };
}

function parseServe(words: string[]): CommandLine {
  const { help: wantsHelp, version } = parse(words, { version: { type: 'boolean', short: 'v' }, ...asking });
  return { kind: wantsHelp ? 'help' : version ? 'version' : 'serve' };
}

function parse(args: string[], options: Command['options']): Record<string, unknown> {
  try {
    return parseArgs({ args, options, strict: true, allowPositionals: false }).values;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    // Node explains at length: the first sentence says it
    throw new UsageError(error.message.split(/[.\n]/, 1).join(''));
  }
}
