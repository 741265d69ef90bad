import { describe, expect, test } from 'vitest';
import { sessionWith } from '../../test/sessions.ts';
import { IpAddress, RequestId, Session, SessionName, UserAgent } from './session.ts';

const required = [
  ...['requestId', 'userEmail', 'sessionName', 'ipAddress', 'userAgent', 'isActive', 'createdAt', 'lastActivity'],
  ...['userId', 'lastIpAddress', 'lastUserAgent', 'clientType', 'authMethod', 'accountType', 'expiresAt', 'isCurrent'],
];

describe('a session on the wire', () => {
  test('has the eight promised members, ours beside them, three more once it has ended, its key, and how strongly it began', () => {
    const ending = {
      endedAt: '2026-11-23T09:00:00.000Z',
      endReason: 'terminated',
      endedBy: 'grace@example.com',
    } as const;
    expect(Session.parse(sessionWith())).toEqual(sessionWith());
    expect(Session.parse(sessionWith(ending))).toEqual(sessionWith(ending));
    expect(new Set(Object.keys(Session.shape))).toEqual(
      new Set([...required, ...Object.keys(ending), 'apiKey', 'authenticationContext']),
    );
  });

  test.for(required)('is none without %s', (member) => {
    const { error } = Session.safeParse({ ...sessionWith(), [member]: undefined });
    expect(error?.issues.map(({ path }) => path)).toEqual([[member]]);
  });

  test.for([
    ['requestId', 'not-an-id'],
    ['userEmail', 'ada'],
    ['isActive', 'true'],
    ['createdAt', '2026-11-23'],
    ['clientType', 'browser'],
    ['authMethod', 'magic'],
    ['accountType', 'robot'],
    ['endReason', 'bored'],
  ])('is none with the %s %j', ([member = '', value]) => {
    const { error } = Session.safeParse({ ...sessionWith(), [member]: value });
    expect(error?.issues.map(({ path }) => path)).toEqual([[member]]);
  });
});

describe('ids of sessions', () => {
  test.for(['a1a1a1a1-0000-4000-8000-000000000001', '0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b'])('%s is one', (id) => {
    expect(RequestId.parse(id)).toBe(id);
  });

  test.for([
    '',
    '1',
    'undefined',
    '..',
    'a1a1a1a1-0000-4000-8000-00000000000g',
    ' a1a1a1a1-0000-4000-8000-000000000001',
  ])('%j is none', (id) => {
    expect(RequestId.safeParse(id).success).toBe(false);
  });
});

describe('a session’s name', () => {
  test.for([
    ['Chrome on macOS', 'Chrome on macOS'],
    ['  Build server  ', 'Build server'],
    ['x', 'x'],
    ['x'.repeat(120), 'x'.repeat(120)],
    [` ${'x'.repeat(120)} `, 'x'.repeat(120)],
  ] as const)('%j is taken as %j', ([given, name]) => {
    expect(SessionName.parse(given)).toBe(name);
  });

  test.for(['', '   ', '\u3000', 'x'.repeat(121), 'a\0b', 'a\nb', '\u001b[2J', '\u202Exe.exe', '\ud800'])(
    '%j is refused',
    (name) => {
      expect(SessionName.safeParse(name).success).toBe(false);
    },
  );
});

describe('addresses', () => {
  test.for(['0.0.0.0', '192.0.2.7', '255.255.255.255', '::', '::1', '2001:db8::10', 'fe80::1', '::ffff:192.0.2.7'])(
    '%s is one',
    (address) => {
      expect(IpAddress.parse(address)).toBe(address);
    },
  );

  test.for([
    '',
    '192.0.2',
    '192.0.2.256',
    '192.0.2.7:80',
    '192.0.2.7/24',
    '010.0.0.1',
    '0x7f.1',
    'localhost',
    '2001:db8:::1',
    '[::1]',
    'fe80::1%eth0',
    '1:2:3:4:5:6:7:8:9',
  ])('%j is none', (address) => {
    expect(IpAddress.safeParse(address).success).toBe(false);
  });
});

test('a user agent has at most 512 characters and no control characters; it may be empty', () => {
  expect(UserAgent.parse('')).toBe('');
  expect(UserAgent.parse('x'.repeat(512))).toHaveLength(512);
  expect(UserAgent.safeParse('x'.repeat(513)).success).toBe(false);
  expect(UserAgent.safeParse('curl\r\nX: y').success).toBe(false);
});
