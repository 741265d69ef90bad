import { describe, expect, test } from 'vitest';
import { UsageError } from './command.ts';
import { help, parseCommandLine } from './command-line.ts';

test.each([
  [[], 'serve'],
  [['serve'], 'serve'],
  [['--help'], 'help'],
  [['-h'], 'help'],
  [['serve', '--help'], 'help'],
  [['demo', '--help'], 'help'],
  [['user', 'create', '-h'], 'help'],
  [['--version'], 'version'],
  [['migrate'], 'task'],
  [['doctor'], 'task'],
  [['demo', '--sessions', '1'], 'task'],
  [['demo', '--sessions=1000000', '--seed=x', '--organization', 'a-1'], 'task'],
  [['user', 'create', '--email', 'ada@example.com', '--service'], 'task'],
])('%j is %s', (words, kind) => {
  expect(parseCommandLine(words).kind).toBe(kind);
});

test('only a password on the standard input makes a command read it', () => {
  const words = ['user', 'create', '--email', 'ada@example.com', '--role', 'administrator'];
  expect(parseCommandLine(words)).toMatchObject({ task: { readsInput: false } });
  expect(parseCommandLine([...words, '--password-stdin'])).toMatchObject({ task: { readsInput: true } });
});

describe('is told in one line what is wrong with', () => {
  test.each([
    [['serv'], 'there is no command "serv"'],
    [['user'], 'there is no command "user"'],
    [['user', 'delete'], 'there is no command "user delete"'],
    [['constructor'], 'there is no command "constructor"'],
    [['--port', '80'], "Unknown option '--port'"],
    [['serve', 'quickly'], "Unexpected argument 'quickly'"],
    [['migrate', '--sessions', '1'], "Unknown option '--sessions'"],
    [['demo'], '--sessions must be a whole number from 1 to 1000000'],
    [['demo', '--sessions'], "Option '--sessions <value>' argument missing"],
    [['demo', '--sessions', '0'], '--sessions must be a whole number from 1 to 1000000'],
    [['demo', '--sessions', '1.5'], '--sessions must be a whole number from 1 to 1000000'],
    [['demo', '--sessions', '1e3'], '--sessions must be a whole number from 1 to 1000000'],
    [['demo', '--sessions', '1000001'], '--sessions must be a whole number from 1 to 1000000'],
    [['demo', '--sessions', '1', '--seed', ''], '--seed must not be empty'],
    [['demo', '--sessions', '1', '--seed', '--organization'], "Option '--seed' argument is ambiguous"],
    [
      ['demo', '--sessions', '1', '--organization', 'A'],
      '--organization must be lower-case letters, digits and hyphens',
    ],
    [['user', 'create'], '--email must be given'],
    [['user', 'create', '--email', 'ada'], '--email must be an e-mail address'],
    [['user', 'create', '--email', 'a@b', '--role', 'owner'], '--role must be one of administrator, member'],
    [
      ['user', 'create', '--email', 'a@b', '--permission', 'sessions:verify', '--permission', 'all'],
      '--permission must be one of users:manage, audit:read, integrations:manage, sessions:verify',
    ],
  ])('%j', (words, message) => {
    expect(() => parseCommandLine(words)).toThrow(new UsageError(message));
  });
});

test('the help names every command', () => {
  for (const name of [
    'rollcall [serve]',
    'rollcall migrate',
    'rollcall demo',
    'rollcall user create',
    'rollcall doctor',
  ])
    expect(help).toContain(name);
});
