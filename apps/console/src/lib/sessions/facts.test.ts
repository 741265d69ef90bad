import type { SessionAnswer } from '@rollcall/core/schema/session';
import { expect, test } from 'vitest';
import { endedSession, now, someSession } from '../../../test/sessions.ts';
import { factsOf } from './facts.ts';

const device = { browser: 'Chrome', browserVersion: '140.0.0.0', system: 'macOS', kind: 'desktop' } as const;
const factOf = (name: string, session = someSession(), expiresBy: SessionAnswer['expiresBy'] = 'idle-timeout') =>
  Object.fromEntries(factsOf({ session, device, expiresBy }, { now, timeZone: 'UTC' }))[name];

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
  expect(factOf('Last address', someSession({ lastIpAddress: '198.51.100.1' }))).toBe('198.51.100.1');
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
