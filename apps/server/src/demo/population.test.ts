import { durationMilliseconds } from '@rollcall/core/duration';
import { toMilliseconds } from '@rollcall/core/instant';
import { lifetimeAt } from '@rollcall/core/lifetime';
import { EndReason, Session } from '@rollcall/core/schema/session';
import ipaddr from 'ipaddr.js';
import { describe, expect, test } from 'vitest';
import { diceOf, uuidOf } from './dice.ts';
import { type DemoSession, demoSessions, type Population, signInsOf } from './population.ts';

const population: Population = {
  organization: 'default',
  seed: '1',
  now: '2026-11-23T12:00:00.000Z',
  timeouts: { idleSeconds: 86_400, absoluteSeconds: 2_592_000 },
};
const sessions = [...demoSessions(population, 5000)];
const people = sessions.filter(({ user }) => user.accountType === 'person');

test('is the same for the same seed', () => {
  expect([...demoSessions(population, 200)]).toEqual(sessions.slice(0, 200));
});

test('is another for another seed and another organization, by the same people', () => {
  const another = [...demoSessions({ ...population, seed: '2' }, 5000)];
  const elsewhere = [...demoSessions({ ...population, organization: 'elsewhere' }, 5000)];
  expect(new Set([...sessions, ...another, ...elsewhere].map(({ requestId }) => requestId)).size).toBe(15_000);
  expect(another[0]).not.toMatchObject({ createdAt: sessions[0]?.createdAt });
  const known = new Map(sessions.map(({ user }) => [user.email, user]));
  const met = another.filter(({ user }) => known.has(user.email));
  expect(met.length).toBeGreaterThan(4000);
  for (const { user } of met) expect(user).toEqual(known.get(user.email));
});

test('lies at another time when it is made later, and is otherwise the same', () => {
  const [later] = demoSessions({ ...population, now: '2026-11-30T12:00:00.000Z' }, 1);
  const [session] = sessions;
  expect(later?.requestId).toBe(session?.requestId);
  expect(toMilliseconds(later?.createdAt ?? '') - toMilliseconds(session?.createdAt ?? '')).toBe(7 * 86_400_000);
});

test.each(['2026-11-23T12:00:00.000Z', '2026-03-01T03:30:00.000Z', '2028-02-29T23:59:59.999Z'])(
  'holds at %s what a session is',
  (now) => {
    for (const session of demoSessions({ ...population, now }, 3000)) {
      expect(Session.parse(onTheWire(session, now))).toEqual(onTheWire(session, now));
      expect(session.createdAt <= session.lastActivity).toBe(true);
      expect(session.lastActivity <= (session.endedAt ?? now)).toBe(true);
      expect((session.endedAt ?? now) <= now).toBe(true);
      expect(session.createdAt > new Date(session.user.createdAt).toISOString()).toBe(true);
    }
  },
);

test('has recorded whatever has run out, and nothing ends after it has', () => {
  const { now, timeouts } = population;
  for (const session of sessions) {
    const { endedAt, endReason } = lifetimeAt({ ...session, endedAt: undefined }, timeouts, session.endedAt ?? now);
    if (session.endedAt === undefined) expect(endedAt).toBeUndefined();
    else expect(endedAt ?? session.endedAt).toBe(session.endedAt);
    if (endReason) expect(session.endReason).toBe(endReason);
  }
});

test('has every end reason in any hundred, and sessions that are still active', () => {
  for (const seed of ['1', '2', 'three']) {
    const reasons = [...demoSessions({ ...population, seed }, 100)].map(({ endReason }) => endReason);
    expect(new Set(reasons)).toEqual(new Set([undefined, ...EndReason.options]));
  }
});

test('says who ended what somebody ended, and of nothing else', () => {
  for (const { endReason, endedBy, user } of sessions) {
    if (endReason === 'terminated') expect(endedBy?.role).toBe('administrator');
    else expect(endedBy).toBe(endReason === 'signed-out' ? user : undefined);
  }
});

test('leaves nobody who has left signed in, nor anybody through a change of their password', () => {
  for (const { user, createdAt, endedAt } of sessions) {
    const span = { from: toMilliseconds(createdAt), until: endedAt ? toMilliseconds(endedAt) : Infinity };
    for (const event of [user.disabledAt, user.passwordChangedAt])
      expect(event !== undefined && span.from < event && event < span.until).toBe(false);
    expect(user.disabledAt !== undefined && span.from >= user.disabledAt).toBe(false);
  }
});

test('has the browsers and systems that people have, and programs', () => {
  const agents = new Set(sessions.map(({ userAgent }) => userAgent));
  const expected = [
    /Windows NT 10\.0.* Chrome\/\d+\.0\.0\.0 Safari\/537\.36$/,
    /Windows NT 10\.0.* Edg\//,
    /Windows NT 10\.0.* Firefox\//,
    /Macintosh.* Version\/[\d.]+ Safari\//,
    /Macintosh.* Chrome\//,
    /X11; Linux.* Firefox\//,
    /iPhone.* Mobile\/15E148 Safari\//,
    /iPad/,
    /Android.* Chrome\/.* Mobile Safari\//,
    /Android.* Firefox\//,
    /^curl\//,
    /^python-requests\//,
    /^node$/,
  ];
  for (const pattern of expected) expect([...agents].filter((agent) => pattern.test(agent))).not.toEqual([]);
});

test('has addresses that belong to nobody, in canonical form', () => {
  const addresses = [...new Set(sessions.flatMap(({ ipAddress, lastIpAddress }) => [ipAddress, lastIpAddress]))];
  for (const address of addresses) {
    expect(ipaddr.parse(address).toString()).toBe(address);
    expect(['private', 'reserved']).toContain(ipaddr.parse(address).range());
  }
  expect(addresses.some((address) => address.startsWith('2001:db8:'))).toBe(true);
  expect(addresses.some((address) => address.startsWith('203.0.113.'))).toBe(true);
  expect(sessions.some(({ ipAddress, lastIpAddress }) => ipAddress !== lastIpAddress)).toBe(true);
});

test('people of several time zones sign in while it is day where they are', () => {
  const ended = people.filter(({ endReason }) => endReason === 'signed-out');
  const byDay = ended.filter(({ user, createdAt }) => {
    const hour = new Date(toMilliseconds(createdAt) + user.minutesAheadOfUtc * 60_000).getUTCHours();
    return hour >= 7 && hour < 19;
  });
  expect(byDay.length).toBe(ended.length);
  expect(new Set(people.map(({ user }) => user.minutesAheadOfUtc)).size).toBeGreaterThan(5);
});

test('has some long sessions, some users in several places at once, and an account’s e-mail only once', () => {
  const days = sessions.filter((session) => durationMilliseconds(session) > 3 * 86_400_000);
  expect(days.length / sessions.length).toBeGreaterThan(0.02);
  expect(days.length / sessions.length).toBeLessThan(0.2);
  const active = Map.groupBy(
    sessions.filter(({ endedAt }) => endedAt === undefined),
    ({ user }) => user.email,
  );
  expect([...active.values()].filter((alike) => alike.length > 1).length).toBeGreaterThan(10);
  const users = new Set(sessions.map(({ user }) => user));
  expect(new Set([...users].map(({ email }) => email)).size).toBe(users.size);
});

describe('dice', () => {
  test('fall evenly', () => {
    const dice = diceOf('even');
    const counts = [0, 0, 0, 0, 0, 0];
    for (let n = 0; n < 60_000; n += 1) {
      const side = dice.between(0, 5);
      counts[side] = (counts[side] ?? 0) + 1;
    }
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(500);
  });

  test('with different seeds are independent', () => {
    const first = Array.from({ length: 10_000 }, (_, n) => diceOf('seed', n).roll());
    const mean = first.reduce((sum, figure) => sum + figure, 0) / first.length;
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.02);
    expect(new Set(first).size).toBeGreaterThan(9990);
    expect(diceOf('a', 'b').roll()).not.toBe(diceOf('ab').roll());
  });

  test('make UUIDs that say they are custom ones', () => {
    const ids = Array.from({ length: 1000 }, (_, n) => uuidOf('ids', n));
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(new Set(ids).size).toBe(1000);
  });
});

function onTheWire(session: DemoSession, now: string): Session {
  const { user, endedBy, endedAt, endReason, sessionName, requestId, createdAt, lastActivity } = session;
  const { isActive, expiresAt } = lifetimeAt(session, population.timeouts, now);
  return {
    requestId,
    userId: uuidOf(user.email),
    userEmail: user.email,
    sessionName: sessionName ?? 'Chrome on macOS',
    ipAddress: session.ipAddress,
    userAgent: session.userAgent,
    lastIpAddress: session.lastIpAddress,
    lastUserAgent: session.userAgent,
    isActive,
    createdAt,
    lastActivity,
    clientType: session.clientType,
    authMethod: session.authMethod,
    accountType: user.accountType,
    expiresAt,
    ...(endedAt && { endedAt }),
    ...(endReason && { endReason }),
    ...(endedBy && { endedBy: endedBy.email }),
    isCurrent: false,
  };
}

test('are the same ones in the order of sign-in', () => {
  const ordered = [...signInsOf(population, 500).sessions];
  const instants = ordered.map(({ createdAt }) => createdAt);
  expect(instants).toEqual(instants.toSorted((one, other) => (one < other ? -1 : 1)));
  const byId = new Map(ordered.map((session) => [session.requestId, session]));
  expect(byId.size).toBe(500);
  for (const session of demoSessions(population, 500)) expect(byId.get(session.requestId)).toEqual(session);
});
