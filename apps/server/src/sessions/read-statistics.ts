/** The four figures, reckoned by the database as core's `statisticsOf` does it. */
import { minutesOf } from '@rollcall/core/duration';
import type { SessionStatistics } from '@rollcall/core/schema/session';
import { sql, type Transaction } from 'kysely';
import type { Tables } from '../database/tables.ts';
import { duration, isActive, visibleTo } from './matching-sessions.ts';
import type { Reader } from './read-session-page.ts';

export async function readStatistics(tx: Transaction<Tables>, reader: Reader): Promise<SessionStatistics> {
  const { total, active, users, milliseconds } = await tx
    .selectFrom('sessions')
    .where(visibleTo(reader.actor))
    .select(({ fn }) => [
      fn.countAll<number>().as('total'),
      sql<number>`count(*) filter (where ${isActive(reader)})`.as('active'),
      sql<number>`count(distinct user_id)`.as('users'),
      // As text: the sum over many years of many sessions is more than a number holds exactly.
      sql<string>`coalesce(sum(extract(epoch from ${duration}) * 1000), 0)::text`.as('milliseconds'),
    ])
    .executeTakeFirstOrThrow();
  return {
    totalSessions: total,
    activeSessions: active,
    uniqueUsers: users,
    averageDurationMinutes: total === 0 ? 0 : minutesOf(Number(milliseconds) / total),
  };
}
