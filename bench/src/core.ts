import { deepEqual } from 'node:assert/strict';
import { toInstant, toMilliseconds } from '@rollcall/core/instant';
import { orderSessions } from '@rollcall/core/order';
import type { Session, SessionStatistics } from '@rollcall/core/schema/session';
import { searchSessions } from '@rollcall/core/search';
import { statisticsOf } from '@rollcall/core/statistics';
import { type Measurement, medianOf, timed } from './measurement.ts';

const size = 100_000;
const rounds = 11;
const now = '2026-11-23T09:42:19.000Z';

/** A rule of core, and the plainest loop that gives the same answer for the sessions made here: it knows that they are all ASCII. */
interface Pair {
  readonly name: string;
  readonly rule: (sessions: readonly Session[]) => unknown;
  readonly plain: (sessions: readonly Session[]) => unknown;
}

const pairs: readonly Pair[] = [
  { name: 'statistics', rule: (sessions) => statisticsOf(sessions, now), plain: plainStatistics },
  {
    name: 'search for two words',
    rule: (sessions) => searchSessions(sessions, 'User7 chrome'),
    plain: (sessions) => plainSearch(sessions, ['user7', 'chrome']),
  },
  {
    name: 'order by createdAt',
    rule: (sessions) => orderSessions(sessions, 'createdAt'),
    plain: (sessions) => plainOrder(sessions, 'createdAt'),
  },
  {
    name: 'order by userEmail',
    rule: (sessions) => orderSessions(sessions, 'userEmail'),
    plain: (sessions) => plainOrder(sessions, 'userEmail'),
  },
  {
    name: 'search, order and statistics together',
    rule: (sessions) => [orderSessions(searchSessions(sessions, 'chrome'), 'userEmail'), statisticsOf(sessions, now)],
    plain: (sessions) => [plainOrder(plainSearch(sessions, ['chrome']), 'userEmail'), plainStatistics(sessions)],
  },
];

/** Core's work on a hundred thousand sessions, against loops written by hand. */
export async function measureCore(): Promise<Measurement[]> {
  const sessions = Array.from({ length: size }, (_, index) => sessionNumber(index));
  const measurements: Measurement[] = [];
  for (const pair of pairs) measurements.push(await measurePair(pair, sessions));
  return measurements;
}

async function measurePair({ name, rule, plain }: Pair, sessions: readonly Session[]): Promise<Measurement> {
  deepEqual(rule(sessions), plain(sessions));
  const figures: number[] = [];
  const baselines: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    baselines.push(await timed(() => plain(sessions)));
    figures.push(await timed(() => rule(sessions)));
  }
  return {
    name: `core: ${name} of ${size.toLocaleString('en')} sessions`,
    figure: medianOf(figures),
    baseline: medianOf(baselines),
    baselineName: 'plain loop',
    unit: 'ms',
  };
}

function plainStatistics(sessions: readonly Session[]): SessionStatistics {
  const users = new Set<string>();
  let activeSessions = 0;
  let milliseconds = 0;
  for (const { userId, createdAt, lastActivity, expiresAt, endedAt } of sessions) {
    users.add(userId);
    if (!endedAt && now < expiresAt) activeSessions += 1;
    milliseconds += Date.parse(lastActivity) - Date.parse(createdAt);
  }
  const averageDurationMinutes = milliseconds / sessions.length / 60_000;
  return { totalSessions: sessions.length, activeSessions, uniqueUsers: users.size, averageDurationMinutes };
}

function plainSearch(sessions: readonly Session[], terms: readonly string[]): Session[] {
  const found: Session[] = [];
  for (const session of sessions) {
    const text = `${session.userEmail}\n${session.ipAddress}\n${session.sessionName}`.toLowerCase();
    if (terms.every((term) => text.includes(term))) found.push(session);
  }
  return found;
}

function plainOrder(sessions: readonly Session[], field: 'createdAt' | 'userEmail'): Session[] {
  return [...sessions].sort((a, b) => {
    if (a[field] !== b[field]) return a[field] < b[field] ? -1 : 1;
    return a.requestId < b.requestId ? -1 : 1;
  });
}

function sessionNumber(index: number): Session {
  // A step that shares no factor with the size visits every number once, in no order, and the same way in every run.
  const number = (index * 7919) % size;
  const createdAt = toMilliseconds(now) - number * 61_000;
  const client = { ipAddress: `10.${number % 200}.${number % 250}.${number % 240}`, userAgent: 'Mozilla/5.0' };
  return {
    requestId: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
    userId: `00000000-0000-4000-9000-${String(number % 5000).padStart(12, '0')}`,
    userEmail: `User${number % 5000}@example.com`,
    sessionName: ['Chrome on macOS', 'Firefox on Linux', 'Safari on iOS'][number % 3] ?? 'Unknown client',
    ...client,
    lastIpAddress: client.ipAddress,
    lastUserAgent: client.userAgent,
    isActive: number % 3 > 0,
    createdAt: toInstant(createdAt),
    lastActivity: toInstant(createdAt + (number % 1000) * 60_000),
    clientType: 'api',
    authMethod: 'password',
    accountType: 'person',
    expiresAt: toInstant(createdAt + 30 * 86_400_000),
    isCurrent: false,
  };
}
