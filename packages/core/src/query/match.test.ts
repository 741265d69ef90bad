import { describe, expect, test } from 'vitest';
import { exampleContext, exampleSessions } from '../../test/example-sessions.ts';
import { idsOf, now } from '../../test/sessions.ts';
import { matchesQuery, predicateOf } from './match.ts';
import { parseQuery } from './parse.ts';

describe('a search finds', () => {
  test.for([
    ['', 'ada grace robot late'],
    ['example', 'ada grace robot late'],
    ['example.com', 'ada late'],
    ['ADA', 'ada'],
    ['-example.com', 'grace robot'],
    ['ada OR grace', 'ada grace'],
    ['example (ada OR late)', 'ada late'],
    ['-(ada OR late)', 'grace robot'],
    ['chrome macos', 'ada'],
    ['macos chrome', 'ada'],
    ['"chrome on macos"', 'ada'],
    ['"macos chrome"', ''],
    ['"10.1.2.3 chrome"', ''],
    ['"shift: \\"DESK\\" (a"', 'grace'],
    ['a_b %', ''],
    ['a:b', 'robot'],
    ['2001:db8::1', 'grace'],
    ['https://jobs', 'robot'],
    ['mozilla', ''],
    ['user:STRASSE', 'grace'],
    ['user:chrome', ''],
    ['name:chrome', 'ada'],
    ['name:ada', ''],
    ['ip:1', 'ada grace robot late'],
    ['ip:10', 'ada grace'],
    ['ip:10.0.0.0/8', 'ada'],
    ['ip:172.16.0.0/12', 'late'],
    ['ip:172.32.0.0/12', ''],
    ['ip:2001:db8::/32', 'grace'],
    ['ip:2001:0DB8::0010', 'grace'],
    ['ip:0.0.0.0/0', 'ada robot late'],
    ['ip:::ffff:10.0.0.0/104', 'ada'],
    ['agent:MOZILLA', 'ada grace'],
    ['agent:chrome', 'ada'],
    ['browser:fire', 'grace'],
    ['-browser:fire', 'ada robot late'],
    ['os:win', 'grace'],
    ['browser:curl -os:curl', 'robot'],
    ['client:console', 'ada late'],
    ['client:console|api', 'ada grace robot late'],
    ['auth:password', 'ada late'],
    ['auth:sso', 'grace'],
    ['auth:api-key', 'robot'],
    ['account:service', 'robot'],
    ['account:person', 'ada grace late'],
    ['status:active', 'ada grace'],
    ['status:inactive', 'robot late'],
    ['ended:terminated', 'robot'],
    ['ended:idle-timeout', 'late'],
    ['ended:absolute-timeout', ''],
    ['-ended:terminated|idle-timeout', 'ada grace'],
    ['created:2026-01-01', 'robot'],
    ['created:2026-01-02', ''],
    ['created:2026-01-01..2026-02-01', 'robot'],
    ['created:>2026-01-01', 'ada grace late'],
    ['created:>=2026-01-01', 'ada grace robot late'],
    ['created:2026-11-23', 'ada grace'],
    ['created:<2026-11-23', 'robot late'],
    ['created:<=2026-11-23T00:00Z', 'ada robot late'],
    ['created:2026-11-23T01:00+01:00', 'ada'],
    ['activity:<1h', 'ada'],
    ['activity:2m', 'ada'],
    ['activity:<1d', 'ada grace'],
    ['activity:<=1d', 'ada grace late'],
    ['activity:>1d', 'robot'],
    ['activity:>=1d', 'robot late'],
    ['activity:5h..1d', 'grace late'],
    ['duration:>8h', 'ada robot late'],
    ['duration:10m', 'grace'],
    ['duration:<10m', ''],
    ['duration:9h', 'ada late'],
    ['idle:>30m', 'grace'],
    ['idle:<30m', 'ada'],
    ['concurrent:>3', 'ada'],
    ['concurrent:1', 'grace'],
    ['concurrent:0', 'robot late'],
    ['ip:10.0.0.0/99 ada', 'ada'],
  ] as const)('%s: %s', ([text, ids]) => {
    const { tree } = parseQuery(text, { now });
    expect(idsOf(exampleSessions.filter(predicateOf(tree, exampleContext))).join(' ')).toBe(ids);
    expect(idsOf(exampleSessions.filter((one) => matchesQuery(tree, one, exampleContext))).join(' ')).toBe(ids);
  });
});

describe('a session that was used after now, by another clock,', () => {
  const session = { ...(exampleSessions[0] ?? fail()), lastActivity: '2026-11-23T09:50:00.000Z' };

  test.for([
    ['idle:0m', true],
    ['idle:<1m', true],
    ['idle:>0ms', false],
    ['activity:<1m', true],
    ['activity:>0ms', false],
  ] as const)('%s: %s', ([text, isFound]) => {
    expect(matchesQuery(parseQuery(text, { now }).tree, session, exampleContext)).toBe(isFound);
  });
});

test('what ran out goes by the time-outs, what was recorded by the record', () => {
  const late = exampleSessions[3] ?? fail();
  const context = { ...exampleContext, timeouts: { idleSeconds: 172_800, absoluteSeconds: 86_400 } };
  const isAbsolute = predicateOf(parseQuery('ended:absolute-timeout', { now }).tree, context);
  expect(isAbsolute(late)).toBe(true);
  expect(isAbsolute({ ...late, endedAt: now, endReason: 'signed-out' })).toBe(false);
});

function fail(): never {
  throw new Error('a session is missing');
}
