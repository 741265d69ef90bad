import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ConfigurationError, readConfiguration, secretMissing, unknownVariables } from './config.ts';
import { variables } from './config-variables.ts';

const secret = 'a secret that is long enough to sign with';

test('has a default for everything', () => {
  expect(readConfiguration({})).toEqual({
    port: 4400,
    host: '127.0.0.1',
    databaseUrl: undefined,
    dataDirectory: './data',
    secrets: undefined,
    administratorEmail: 'admin@rollcall.test',
    administratorPassword: undefined,
    publicUrl: undefined,
    trustedProxies: [],
    allowedOrigins: [],
    idleSeconds: 86_400,
    absoluteSeconds: 2_592_000,
    rotateAfterSeconds: 300,
    graceSeconds: 30,
    rememberedSessions: 100_000,
    signInLimit: 5,
    retentionDays: 90,
    metricsToken: undefined,
  });
});

test('takes a variable that is set to nothing for one that is not set', () => {
  const nothing = Object.fromEntries(variables.map(({ name }) => [name, '']));
  expect(readConfiguration(nothing)).toEqual(readConfiguration({}));
});

test.each([
  ['PORT', '0', { port: 0 }],
  ['PORT', '65535', { port: 65_535 }],
  ['HOST', '::', { host: '::' }],
  ['HOST', 'sessions.example.com', { host: 'sessions.example.com' }],
  ['DATABASE_URL', 'postgres://me:pass@db/rollcall', { databaseUrl: 'postgres://me:pass@db/rollcall' }],
  ['ROLLCALL_DATA_DIR', '/var/lib/röll call', { dataDirectory: '/var/lib/röll call' }],
  ['ROLLCALL_SECRET', `${secret}, second ${secret}`, { secrets: [secret, `second ${secret}`] }],
  ['ROLLCALL_ADMIN_EMAIL', 'ada@example.com', { administratorEmail: 'ada@example.com' }],
  ['ROLLCALL_ADMIN_PASSWORD', 'twelve chars', { administratorPassword: 'twelve chars' }],
  ['ROLLCALL_PUBLIC_URL', 'https://Sessions.Example.com:443/', { publicUrl: 'https://sessions.example.com' }],
  ['ROLLCALL_PUBLIC_URL', 'http://localhost:8080', { publicUrl: 'http://localhost:8080' }],
  ['ROLLCALL_PUBLIC_URL', 'http://[::1]:8080', { publicUrl: 'http://[::1]:8080' }],
  ['ROLLCALL_TRUSTED_PROXIES', '10.0.0.0/8, ::1,192.0.2.7', { trustedProxies: ['10.0.0.0/8', '::1', '192.0.2.7'] }],
  [
    'ROLLCALL_ALLOWED_ORIGINS',
    'https://a.example, http://b.example:81/',
    { allowedOrigins: ['https://a.example', 'http://b.example:81'] },
  ],
  ['ROLLCALL_IDLE_TIMEOUT', '1', { idleSeconds: 1 }],
  ['ROLLCALL_ABSOLUTE_TIMEOUT', '315360000', { absoluteSeconds: 315_360_000 }],
  ['ROLLCALL_SIGN_IN_LIMIT', '100', { signInLimit: 100 }],
])('%s may be %s', (name, value, expected) => {
  expect(readConfiguration({ [name]: value })).toMatchObject(expected);
});

const wrong: [name: string, value: string][] = [
  ['PORT', 'eighty'],
  ['PORT', '65536'],
  ['PORT', '-1'],
  ['PORT', '80.5'],
  ['PORT', '0x50'],
  ['PORT', ' 80'],
  ['HOST', 'not a host'],
  ['DATABASE_URL', 'mysql://me:hidden-word@db/rollcall'],
  ['DATABASE_URL', 'rollcall'],
  ['ROLLCALL_DATA_DIR', 'a\0b'],
  ['ROLLCALL_SECRET', 'hidden-word'],
  ['ROLLCALL_SECRET', `${secret},hidden-word`],
  ['ROLLCALL_SECRET', `${secret},`],
  ['ROLLCALL_RETENTION_DAYS', '0'],
  ['ROLLCALL_METRICS_TOKEN', 'hidden-word'],
  ['ROLLCALL_METRICS_TOKEN', 'hidden-word with a space'],
  ['ROLLCALL_ADMIN_EMAIL', 'ada'],
  ['ROLLCALL_ADMIN_PASSWORD', 'hidden-word'],
  ['ROLLCALL_PUBLIC_URL', 'sessions.example.com'],
  ['ROLLCALL_PUBLIC_URL', 'ftp://localhost'],
  ['ROLLCALL_PUBLIC_URL', 'https://sessions.example.com/path'],
  ['ROLLCALL_PUBLIC_URL', 'https://me@sessions.example.com'],
  ['ROLLCALL_PUBLIC_URL', 'http://sessions.example.com'],
  ['ROLLCALL_PUBLIC_URL', 'http://localhost.example.com'],
  ['ROLLCALL_ALLOW_HTTP', 'yes'],
  ['ROLLCALL_TRUSTED_PROXIES', '10.0.0.0/33'],
  ['ROLLCALL_TRUSTED_PROXIES', '10'],
  ['ROLLCALL_TRUSTED_PROXIES', '10.0.0.1,'],
  ['ROLLCALL_ALLOWED_ORIGINS', '*'],
  ['ROLLCALL_IDLE_TIMEOUT', '0'],
  ['ROLLCALL_ABSOLUTE_TIMEOUT', '30d'],
  ['ROLLCALL_TOKEN_ROTATE_AFTER', '-1'],
  ['ROLLCALL_TOKEN_GRACE', '0'],
  ['ROLLCALL_REMEMBERED_SESSIONS', '1e3'],
  ['ROLLCALL_SIGN_IN_LIMIT', '0'],
];

describe('a wrong value', () => {
  test.each(wrong)('%s must not be %s', (name, value) => {
    const message = refusal({ [name]: value });
    const { accepts } = variables.find((variable) => variable.name === name) ?? {};
    expect(message).toMatch(new RegExp(`^${name} is `));
    expect(message).toContain(`it must be ${accepts}`);
    expect(message).not.toContain('\n');
  });

  test.each(wrong)('%s: what it holds is said, unless it is a secret (%s)', (name, value) => {
    const isSecret = ['DATABASE_URL', 'ROLLCALL_SECRET', 'ROLLCALL_ADMIN_PASSWORD', 'ROLLCALL_METRICS_TOKEN'].includes(
      name,
    );
    const message = refusal({ [name]: value });
    expect(message.includes(JSON.stringify(value))).toBe(!isSecret);
    if (isSecret) expect(message).not.toContain('hidden-word');
  });

  test('is known for every variable', () => {
    expect(new Set(wrong.map(([name]) => name))).toEqual(new Set(variables.map(({ name }) => name)));
  });
});

test('plain http for other machines is permitted when asked for', () => {
  const environment = { ROLLCALL_PUBLIC_URL: 'http://sessions.example.com', ROLLCALL_ALLOW_HTTP: '1' };
  expect(readConfiguration(environment).publicUrl).toBe('http://sessions.example.com');
});

test('a missing secret is told like a wrong one', () => {
  expect(secretMissing('there is a reason').message).toMatch(
    /^ROLLCALL_SECRET is not set: there is a reason, it must be one/,
  );
});

test('names that nothing reads are found', () => {
  const environment = { ROLLCALL_IDLE_TIMEOUT: '60', ROLLCALL_IDLE_TIME: '60', PORTS: '1', rollcall_x: '1' };
  expect(unknownVariables(environment)).toEqual(['ROLLCALL_IDLE_TIME']);
});

test('docs/configuration.md lists every variable, its default and what it may hold', () => {
  const documentation = readFileSync(new URL('../../../docs/configuration.md', import.meta.url), 'utf8');
  const rows = documentation.split('\n').filter((line) => line.startsWith('| `'));
  expect(rows).toEqual(
    variables.map(({ name, default: value, unset, purpose, accepts }) => {
      const fallback = value ? `\`${value}\`` : unset;
      return `| \`${name}\` | ${fallback} | ${purpose} | ${accepts} |`;
    }),
  );
});

function refusal(environment: Record<string, string>): string {
  try {
    readConfiguration(environment);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.message;
  }
  throw new Error('it was accepted');
}
