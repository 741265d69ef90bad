import { describe, expect, test } from 'vitest';
import { sessionWith } from '../../test/sessions.ts';
import { Authentication, NewPassword, SignedIn, SignIn } from './authentication.ts';

const least = { method: 'password', email: 'ada@example.com', password: 'x' };

describe('to sign in', () => {
  test('method, e-mail and password are enough; the token then comes in the answer', () => {
    expect(SignIn.parse(least)).toEqual({ ...least, transport: 'token' });
  });

  test('organization, name, transport and client may be given', () => {
    const client = { ipAddress: '2001:db8::10', userAgent: 'curl/8' };
    const most = { ...least, organization: 'acme', sessionName: 'Build server', transport: 'cookie', client };
    expect(SignIn.parse(most)).toEqual(most);
  });

  test('a password may have 512 characters, and the token may be asked for by name', () => {
    const longest = { ...least, password: 'x'.repeat(512), transport: 'token' };
    expect(SignIn.parse(longest)).toEqual(longest);
  });

  test.for([
    [{}, ['method']],
    [{ method: 'password' }, ['email', 'password']],
    [{ method: 'api-key' }, ['key']],
    [{ ...least, method: 'sso' }, ['method']],
    [{ ...least, email: 'ada' }, ['email']],
    [{ ...least, email: ['ada@example.com'] }, ['email']],
    [{ ...least, password: '' }, ['password']],
    [{ ...least, password: 'x'.repeat(513) }, ['password']],
    [{ ...least, password: 12345678 }, ['password']],
    [{ ...least, password: null }, ['password']],
    [{ ...least, organization: 'Acme Inc.' }, ['organization']],
    [{ ...least, sessionName: ' ' }, ['sessionName']],
    [{ ...least, sessionName: 'a\u001b[2Jb' }, ['sessionName']],
    [{ ...least, transport: 'header' }, ['transport']],
    [{ ...least, client: {} }, ['client.ipAddress', 'client.userAgent']],
    [{ ...least, client: { ipAddress: 'localhost', userAgent: '' } }, ['client.ipAddress']],
    [{ ...least, client: '192.0.2.7' }, ['client']],
  ] as const)('%j is refused, naming %j', ([given, members]) => {
    expect(SignIn.safeParse(given).error?.issues.map(({ path }) => path.join('.'))).toEqual(members);
  });

  test('a member that is not known is refused, at any depth', () => {
    const client = { ipAddress: '192.0.2.7', userAgent: '', port: 80 };
    const { error } = SignIn.safeParse({ ...least, role: 'administrator', client });
    expect(error?.issues).toMatchObject([
      { path: ['client'], keys: ['port'] },
      { path: [], keys: ['role'] },
    ]);
  });

  test.for([undefined, null, [], 'password', 1])('%j is refused as a whole', (given) => {
    expect(SignIn.safeParse(given).success).toBe(false);
  });
});

describe('a new password', () => {
  test.for([
    'x'.repeat(12),
    'x'.repeat(128),
    '😀'.repeat(12),
    '😀'.repeat(128),
    'correct horse battery staple',
    '            ',
  ])('may be %j', (password) => {
    expect(NewPassword.parse(password)).toBe(password);
  });

  test.for([
    ['x'.repeat(11), 'must have at least 12 characters'],
    ['😀'.repeat(11), 'must have at least 12 characters'],
    ['', 'must have at least 12 characters'],
    ['x'.repeat(129), 'must have at most 128 characters'],
    ['😀'.repeat(129), 'must have at most 128 characters'],
  ] as const)('may not be %j: it %s', ([password, message]) => {
    expect(NewPassword.safeParse(password).error?.issues.map((issue) => issue.message)).toEqual([message]);
  });
});

test('an answer to a sign-in has the token only where it does not travel in a cookie', () => {
  const session = sessionWith();
  expect(SignedIn.parse({ session, token: 'rct_' })).toEqual({ session, token: 'rct_' });
  expect(SignedIn.parse({ session })).toEqual({ session });
});

test('who asks is a session, a user, an organization and permissions', () => {
  const { data, error } = Authentication.safeParse({ session: sessionWith() });
  expect(data).toBeUndefined();
  expect(error?.issues.map(({ path }) => path.join('.'))).toEqual(['user', 'organization', 'permissions']);
});
