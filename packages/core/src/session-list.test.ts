import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { idsOf, now, sessions, sessionWith, word } from '../test/sessions.ts';
import { isActiveAt } from './lifetime.ts';
import { SessionListQuery, SessionSort, SessionStatus } from './schema/session-list.ts';
import { listSessions as listed } from './session-list.ts';

const context = {
  now,
  timeouts: { idleSeconds: 86_400, absoluteSeconds: 2_592_000 },
  deviceOf: () => ({}),
  activeSessionsOf: () => 3,
};
const listSessions = (any: Parameters<typeof listed>[0], asked: SessionListQuery) => listed(any, asked, context);

const active = sessionWith({ requestId: 'active', expiresAt: '2026-11-24T00:00:00.000Z' });
const expired = sessionWith({ requestId: 'expired', expiresAt: now, createdAt: '2026-11-22T00:00:00.000Z' });
const ended = sessionWith({
  requestId: 'ended',
  createdAt: '2026-11-21T00:00:00.000Z',
  endedAt: '2026-11-23T09:00:00.000Z',
  endReason: 'terminated',
});
const all = [ended, active, expired];

describe('a list', () => {
  test('shows all sessions, newest first, unless asked otherwise', () => {
    expect(listSessions(all, SessionListQuery.parse({}))).toEqual({
      sessions: [active, expired, ended],
      total: 3,
      totalIsExact: true,
      page: 1,
      pageSize: 10,
      searchErrors: [],
      activeSessions: { [active.userId]: 3 },
    });
  });

  test.for([
    ['active', ['active']],
    ['inactive', ['expired', 'ended']],
    ['all', ['active', 'expired', 'ended']],
  ] as const)('of status %s, judged at the instant asked about', ([status, ids]) => {
    expect(idsOf(listSessions(all, SessionListQuery.parse({ status })).sessions)).toEqual(ids);
  });

  test('past the end is an empty page with the true total', () => {
    const list = listSessions(all, SessionListQuery.parse({ page: 1_000_000_000, pageSize: 100 }));
    expect(list).toMatchObject({ sessions: [], total: 3, page: 1_000_000_000 });
  });

  test('says what comes after a full page, as long as its order does not change', () => {
    const first = listSessions(all, SessionListQuery.parse({ pageSize: 2 }));
    expect(first.nextCursor).toBe('2026-11-22T00:00:00.000Z_expired');
    expect(listSessions(all, SessionListQuery.parse({ pageSize: 2, page: 2 })).nextCursor).toBeUndefined();
    expect(listSessions(all, SessionListQuery.parse({ pageSize: 2, sort: 'duration' })).nextCursor).toBeUndefined();
  });

  test('of no sessions is an empty first page', () => {
    expect(listSessions([], SessionListQuery.parse({}))).toMatchObject({ sessions: [], total: 0, page: 1 });
  });
});

test('of any sessions, the pages together are what matches, in order', () => {
  const query = fc.record({
    search: word,
    status: fc.constantFrom(...SessionStatus.options),
    sort: fc.constantFrom(...SessionSort.options),
    pageSize: fc.integer({ min: 1, max: 5 }),
  });
  fc.assert(
    fc.property(sessions, query, (any, asked) => {
      const pageNumber = (page: number) => listSessions(any, { ...asked, page });
      const { total } = pageNumber(1);
      const pages = Array.from({ length: Math.ceil(total / asked.pageSize) }, (_, i) => pageNumber(i + 1).sessions);
      const whole = listSessions(any, { ...asked, page: 1, pageSize: 100 }).sessions;
      expect(idsOf(pages.flat())).toEqual(idsOf(whole));
      expect(whole).toHaveLength(total);
      expect(
        whole.every((session) => asked.status === 'all' || isActiveAt(session, now) === (asked.status === 'active')),
      ).toBe(true);
    }),
  );
});
