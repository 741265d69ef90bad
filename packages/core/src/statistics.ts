/** The four figures above the table. */
import { durationMilliseconds, minutesOf } from './duration.ts';
import type { Instant } from './instant.ts';
import { isActiveAt } from './lifetime.ts';
import type { Session, SessionStatistics } from './schema/session.ts';

type Counted = Pick<Session, 'userId' | 'createdAt' | 'lastActivity' | 'expiresAt' | 'endedAt'>;

/**
 * Over all sessions given: how many, how many active at `now`, of how many users (by `userId`: an e-mail may be spelled in several ways), and the mean of
 * the exact durations in minutes, not rounded, 0 for none.
 */
export function statisticsOf(sessions: Iterable<Counted>, now: Instant): SessionStatistics {
  const users = new Set<string>();
  let totalSessions = 0;
  let activeSessions = 0;
  let milliseconds = 0;
  for (const session of sessions) {
    totalSessions += 1;
    if (isActiveAt(session, now)) activeSessions += 1;
    users.add(session.userId);
    milliseconds += durationMilliseconds(session);
  }
  return {
    totalSessions,
    activeSessions,
    uniqueUsers: users.size,
    averageDurationMinutes: totalSessions === 0 ? 0 : minutesOf(milliseconds / totalSessions),
  };
}
