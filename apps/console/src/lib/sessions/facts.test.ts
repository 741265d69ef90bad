import type { SessionAnswer } from '@rollcall/core/schema/session';
import { expect, test } from 'vitest';
import { endedSession, now, someSession } from '../../../test/sessions.ts';
import { factsOf } from './facts.ts';

const device = { browser: 'Chrome', browserVersion: '140.0.0.0', system: 'macOS', kind: 'desktop' } as const;
const factOf = (name: string, session = someSession(), expiresBy: SessionAnswer['expiresBy'] = 'idle-timeout') =>
  Object.fromEntries(factsOf({ session, device, expiresBy, tokenGeneration: 3 }, { now, timeZone: 'UTC' }))[name];

test('says how and when somebody signed in, and until when it lasts', () => {
  expect(factOf('Signed in')).toBe('2026-11-23 07:32:19 (UTC), Console, password');
  expect(factOf('Last activity')).toBe('2026-11-23 09:37:19, 5 minutes ago');
  expect(factOf('Expires')).toBe('2026-11-24 09:37:19, unless it is used before');
  expect(factOf('Expires', someSession(), 'absolute-timeout')).toContain('however much it is used');
  expect(factOf('Ended')).toBeUndefined();
});

test('says how it ended, and by whom', () => {
  expect(factOf('Ended', endedSession())).toBe('2026-11-23 09:40:00, terminated by admin@example.com');
  expect(factOf('Expires', endedSession())).toBeUndefined();
});

test('says where it was used last only where that is elsewhere', () => {
  expect(factOf('Last address')).toBeUndefined();
  expect(factOf('Last address', someSession({ lastIpAddress: '203.0.113.99' }))).toBe('203.0.113.99');
  const elsewhere = someSession({ lastIpAddress: '2001:db8:1:2::3' });
  expect(factOf('Last address', elsewhere)).toBe('2001:db8:1:2::3, in another network: 2001:db8:1::/48');
  expect(factOf('Network', elsewhere)).toBe('203.0.113.0/24');
});

test('tells a service account, and a client that does not say what it is', () => {
  expect(factOf('User', someSession({ accountType: 'service' }))).toBe('ada@example.com (service account)');
  expect(factOf('User agent', someSession({ userAgent: '' }))).toBe('Not told');
});

test('says what the user agent is understood as, and which key it was begun with', () => {
  expect([factOf('Browser'), factOf('System'), factOf('Device')]).toEqual(['Chrome 140.0.0.0', 'macOS', 'Computer']);
  expect(factOf('API key')).toBeUndefined();
  expect(factOf('API key', someSession({ apiKey: { keyId: 'x', name: 'Nightly' } }))).toBe('Nightly');
});

test('says how strongly the identity provider authenticated somebody, as far as it tells', () => {
  const methods = ['pwd', 'otp', 'x-badge'];
  const authenticatedAt = '2026-11-23T05:32:10.000Z';
  const told = someSession({
    authMethod: 'sso',
    authenticationContext: { methods, contextClass: 'urn:example:two-factors', authenticatedAt },
  });
  expect(factOf('Authenticated by', told)).toBe('password, one-time code, x-badge (pwd, otp, x-badge)');
  expect(factOf('Authentication class', told)).toBe('urn:example:two-factors');
  expect(factOf('Authenticated at', told)).toBe('2026-11-23 05:32:10, 120 min before this session');

  const silent = someSession({ authMethod: 'sso', authenticationContext: { methods: [] } });
  expect(factOf('Authenticated by', silent)).toBe('The provider did not say');
  expect(factOf('Authenticated at', silent)).toBeUndefined();
  expect(factOf('Authenticated by')).toBeUndefined();
});

test('does not say when somebody was authenticated before the session where that is the same moment', () => {
  const { createdAt } = someSession();
  const just = someSession({ authenticationContext: { methods: ['hwk'], authenticatedAt: createdAt } });
  expect(factOf('Authenticated at', just)).toBe('2026-11-23 07:32:19');
});

test('repeats no method that nobody knows', () => {
  const own = someSession({ authenticationContext: { methods: ['x-badge'] } });
  expect(factOf('Authenticated by', own)).toBe('x-badge');
});

test('says which of its tokens is the current one', () => {
  expect(factOf('Token')).toBe('Number 3');
});
