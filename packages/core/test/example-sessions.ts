/** A handful of sessions that differ in all that a search can ask for, and what it is judged by. */
import { isActiveAt } from '../src/lifetime.ts';
import type { QueryContext } from '../src/query/match.ts';
import type { Session } from '../src/schema/session.ts';
import { now, sessionWith } from './sessions.ts';

const timeouts = { idleSeconds: 24 * 3600, absoluteSeconds: 30 * 24 * 3600 };

/** Active; of a user with four active sessions. */
const ada = sessionWith({
  requestId: 'ada',
  userId: 'user-ada',
  userEmail: 'Ada@Example.com',
  sessionName: 'Chrome on macOS',
  userAgent: 'Mozilla/5.0 (Macintosh) Chrome/143.0',
  ipAddress: '10.1.2.3',
  createdAt: '2026-11-23T00:00:00.000Z',
  lastActivity: '2026-11-23T09:40:00.000Z',
  expiresAt: '2026-11-24T09:40:00.000Z',
});

/** Active, but not used for more than five hours. */
const grace = sessionWith({
  requestId: 'grace',
  userId: 'user-grace',
  userEmail: 'grace@straße.example',
  sessionName: 'Night shift: "desk" (a_b)',
  userAgent: 'Mozilla/5.0 (Windows NT 10.0) Firefox/145.0',
  ipAddress: '2001:db8::10',
  authMethod: 'sso',
  clientType: 'api',
  createdAt: '2026-11-23T04:00:00.000Z',
  lastActivity: '2026-11-23T04:10:00.000Z',
  expiresAt: '2026-11-24T04:10:00.000Z',
});

/** A service account; terminated. */
const robot = sessionWith({
  requestId: 'robot',
  userId: 'user-robot',
  userEmail: 'backup@service.example',
  sessionName: 'https://jobs.example/a:b 100% or user:x',
  userAgent: 'curl/8.17.0',
  ipAddress: '192.0.2.7',
  authMethod: 'api-key',
  clientType: 'api',
  accountType: 'service',
  createdAt: '2026-01-01T12:00:00.000Z',
  lastActivity: '2026-01-31T12:00:00.000Z',
  expiresAt: '2026-01-31T12:00:00.000Z',
  endedAt: '2026-01-31T11:00:00.000Z',
  endReason: 'terminated',
});

/** Run out, and not yet recorded as ended. */
const late = sessionWith({
  requestId: 'late',
  userId: 'user-late',
  userEmail: 'late@example.com',
  sessionName: 'Safari on iOS',
  userAgent: '',
  ipAddress: '172.16.0.1',
  createdAt: '2026-11-22T00:00:00.000Z',
  lastActivity: '2026-11-22T09:42:19.000Z',
  expiresAt: now,
});

export const exampleSessions: readonly Session[] = [ada, grace, robot, late];

const activeSessions: Readonly<Record<string, number>> = { 'user-ada': 4, 'user-grace': 1 };

export const exampleContext: QueryContext = {
  now,
  timeouts,
  deviceOf(userAgent) {
    if (userAgent.includes('Chrome')) return { browser: 'Chrome', system: 'macOS' };
    if (userAgent.includes('Firefox')) return { browser: 'Firefox', system: 'Windows' };
    return userAgent.startsWith('curl') ? { browser: 'curl' } : {};
  },
  activeSessionsOf: (userId) => activeSessions[userId] ?? 0,
};

/** Of sessions that are all there are. */
export function contextOf(sessions: readonly Session[]): QueryContext {
  return {
    ...exampleContext,
    activeSessionsOf: (userId) =>
      sessions.filter((session) => session.userId === userId && isActiveAt(session, now)).length,
  };
}
