import { describe, expect, test } from 'vitest';
import { sessionWith } from '../../test/sessions.ts';
import { ActivityReport, Introspection, IntrospectionRequest } from './introspection.ts';

const client = { ipAddress: '2001:db8::10', userAgent: 'curl/8' };
const requestId = '019346c4-1f2b-7000-8000-00000000000a';

describe('who asks about a token', () => {
  test.for([{ token: '' }, { token: 'no token at all' }, { token: 'rct_', client }])('may ask %j', (question) => {
    expect(IntrospectionRequest.parse(question)).toEqual(question);
  });

  test.for([
    [{}, ['token']],
    [{ token: 1 }, ['token']],
    [{ token: 'rct_', client: { ipAddress: '192.0.2.7' } }, ['client.userAgent']],
    [{ token: 'rct_', client: { ...client, ipAddress: 'fe80::1%eth0' } }, ['client.ipAddress']],
    [{ token: 'rct_', lastActivity: '2026-11-23T09:42:19.000Z' }, ['']],
  ] as const)('may not ask %j, naming %j', ([question, members]) => {
    const { error } = IntrospectionRequest.safeParse(question);
    expect(error?.issues.map(({ path }) => path.join('.'))).toEqual(members);
  });
});

test('the answer is one of two: whose token it is, or why it is not good', () => {
  const refused = { active: false, code: 'session-ended', endReason: 'terminated', endedBy: 'administrator' };
  expect(Introspection.parse(refused)).toEqual(refused);
  expect(Introspection.safeParse({ active: false }).success).toBe(false);
  expect(Introspection.safeParse({ active: false, code: 'forbidden' }).success).toBe(false);
  expect(Introspection.safeParse({ active: true, session: sessionWith() }).success).toBe(false);
});

describe('a report of activity', () => {
  const report = (...activities: object[]) => ActivityReport.safeParse({ activities });

  test('may be empty, and its instants and ids come out in one spelling', () => {
    expect(report().data).toEqual({ activities: [] });
    const { data } = report({ requestId: requestId.toUpperCase(), at: '2026-11-23T11:42+02:00', client });
    expect(data?.activities).toEqual([{ requestId, at: '2026-11-23T09:42:00.000Z', client }]);
  });

  test.for(['', 'now', '2026-11-23', '2026-11-23T09:42:19', '2026-02-30T00:00:00Z', 1])(
    'at %j is refused, and named',
    (at) => {
      expect(report({ requestId, at: '2026-11-23T09:42:19Z' }, { requestId, at }).error?.issues).toMatchObject([
        { path: ['activities', 1, 'at'] },
      ]);
    },
  );

  test('has at most a thousand', () => {
    const one = { requestId, at: '2026-11-23T09:42:19Z' };
    expect(report(...Array.from({ length: 1000 }, () => one)).success).toBe(true);
    expect(report(...Array.from({ length: 1001 }, () => one)).error?.issues).toMatchObject([{ path: ['activities'] }]);
  });
});
