/** The operators of a search: one table, by which it is read, explained and completed. */
import { fold } from '../fold.ts';
import { parseCount, parseLength } from './quantity.ts';
import type { Choices, Contains } from './syntax.ts';
import { choice, moments, numbers, type ReadValue, readAddress, readUser } from './values.ts';

export interface Operator {
  /** As it is written before the colon; also the `field` of its conditions. */
  readonly name: string;
  /** What the field is called in front of people. */
  readonly title: string;
  /** A sentence about what it finds. */
  readonly description: string;
  /** What it takes, to stand behind "takes". */
  readonly takes: string;
  /** All values of a closed list; of others, a few that are often wanted. */
  readonly values: readonly string[];
  readonly read: ReadValue;
}

/** All values that a closed list has, in the order in which they are offered. */
export const choices: { readonly [Field in keyof Choices]: readonly Choices[Field][] } = {
  client: ['console', 'api'],
  auth: ['password', 'sso', 'api-key'],
  account: ['person', 'service'],
  status: ['active', 'inactive'],
  ended: [
    'signed-out',
    'terminated',
    'idle-timeout',
    'absolute-timeout',
    'token-reuse',
    'session-limit',
    'credentials-changed',
    'user-disabled',
  ],
};

const { client, auth, account, status, ended } = choices;
const aMoment =
  'a day such as 2026-01-01, an instant with its zone, or an age such as 7d; alone, after > < >= <= or as A..B';
const aLength = 'a length such as 30m, 8h or 7d; alone, after > < >= <= or as A..B';
const ages = ['<1h', '<1d', '<7d', '<30d', '>30d'];

/** Every operator, in the order in which they are offered. */
export const operators: readonly Operator[] = [
  {
    name: 'user',
    title: 'User',
    description: 'The e-mail contains the text, or is the text after =.',
    takes: 'a text, or after = a whole e-mail such as =ada@example.com',
    values: [],
    read: readUser,
  },
  { name: 'name', title: 'Name', description: 'The session’s name contains the text.', ...text('name') },
  {
    name: 'ip',
    title: 'IP address',
    description: 'The address at sign-in contains the text, or lies in the network.',
    takes: 'part of an address, or a network such as 10.0.0.0/8 or 2001:db8::/32',
    values: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'],
    read: readAddress,
  },
  { name: 'agent', title: 'User agent', description: 'The user agent at sign-in contains the text.', ...text('agent') },
  { name: 'browser', title: 'Browser', description: 'The browser’s name contains the text.', ...text('browser') },
  { name: 'os', title: 'System', description: 'The operating system’s name contains the text.', ...text('os') },
  {
    name: 'client',
    title: 'Client',
    description: 'Signed in to the console, or through the API.',
    ...closed(client),
    read: choice(client, (values) => ({ kind: 'one-of', field: 'client', values })),
  },
  {
    name: 'auth',
    title: 'Sign-in',
    description: 'How the user signed in.',
    ...closed(auth),
    read: choice(auth, (values) => ({ kind: 'one-of', field: 'auth', values })),
  },
  {
    name: 'account',
    title: 'Account',
    description: 'A person’s account, or a service account of a program.',
    ...closed(account),
    read: choice(account, (values) => ({ kind: 'one-of', field: 'account', values })),
  },
  {
    name: 'status',
    title: 'Status',
    description: 'Active, or ended or run out.',
    ...closed(status),
    read: choice(status, (values) => ({ kind: 'one-of', field: 'status', values })),
  },
  {
    name: 'ended',
    title: 'Ended',
    description: 'Why the session ended.',
    ...closed(ended),
    read: choice(ended, (values) => ({ kind: 'one-of', field: 'ended', values })),
  },
  {
    name: 'created',
    title: 'Created',
    description: 'When the user signed in.',
    takes: aMoment,
    values: ages,
    read: moments('created'),
  },
  {
    name: 'activity',
    title: 'Last activity',
    description: 'When the session was last used.',
    takes: aMoment,
    values: ages,
    read: moments('activity'),
  },
  {
    name: 'duration',
    title: 'Duration',
    description: 'How long it is from sign-in to the last activity.',
    takes: aLength,
    values: ['<5m', '>1h', '>8h', '>1d'],
    read: numbers('duration', parseLength),
  },
  {
    name: 'idle',
    title: 'Idle',
    description: 'Active, but not used for so long.',
    takes: aLength,
    values: ['>30m', '>1h', '>8h', '>1d'],
    read: numbers('idle', parseLength),
  },
  {
    name: 'concurrent',
    title: 'Concurrent',
    description: 'The user has so many active sessions.',
    takes: 'a whole number; alone, after > < >= <= or as A..B',
    values: ['>1', '>3', '>10'],
    read: numbers('concurrent', parseCount),
  },
];

const byName = new Map(operators.map((operator) => [operator.name, operator]));

/** The operator of that name, in any case. */
export function operatorNamed(name: string): Operator | undefined {
  return byName.get(name.toLowerCase());
}

function text(field: Contains['field']): Pick<Operator, 'takes' | 'values' | 'read'> {
  return { takes: 'a text', values: [], read: (value) => ({ kind: 'contains', field, text: fold(value) }) };
}

function closed(values: readonly string[]): Pick<Operator, 'takes' | 'values'> {
  return { takes: `${values.slice(0, -1).join(', ')} or ${values.at(-1)}, several with | between them`, values };
}
