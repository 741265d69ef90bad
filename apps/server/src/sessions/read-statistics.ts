/** The four figures, as core's `statisticsOf` has them: of an organization they are kept, of one user they are counted. */
import { minutesOf } from '@rollcall/core/duration';
import { may } from '@rollcall/core/permission';
import type { SessionStatistics } from '@rollcall/core/schema/session';
import { sql, type Transaction } from 'kysely';
import { executePlannedOnce } from '../database/planned-once.ts';
import type { Tables } from '../database/tables.ts';
import { before, isActive, type Reader, visibleTo } from './matching-sessions.ts';

interface Figures {
  readonly total: number;
  readonly active: number;
  readonly users: number;
  /** As text: the sum over many years of many sessions is more than a number holds exactly. */
  readonly milliseconds: string;
}

export async function readStatistics(tx: Transaction<Tables>, reader: Reader): Promise<SessionStatistics> {
  const { total, active, users, milliseconds } = await readFigures(tx, reader);
  return {
    totalSessions: total,
    activeSessions: active,
    uniqueUsers: users,
    averageDurationMinutes: total === 0 ? 0 : minutesOf(Number(milliseconds) / total),
  };
}

export async function readFigures(tx: Transaction<Tables>, reader: Reader): Promise<Figures> {
  return may(reader.actor, 'users:manage') ? await kept(tx, reader) : await counted(tx, reader);
}

async function kept(tx: Transaction<Tables>, reader: Reader): Promise<Figures> {
  const { organizationId } = reader.actor;
  const query = sql<Figures>`
    select coalesce(sum(sessions), 0)::bigint as total,
      coalesce(sum(open_sessions), 0)::bigint
        - count_run_out(${before(reader, 'idleSeconds')}::timestamptz, ${before(reader, 'absoluteSeconds')}::timestamptz)
        as active,
      coalesce(sum(users), 0)::bigint as users,
      coalesce(sum(duration_ms), 0)::text as milliseconds
    from (
      select sessions, open_sessions, users, duration_ms from session_counts where organization_id = ${organizationId}
      union all
      select sessions, open_sessions, users, duration_ms from session_count_changes
      where organization_id = ${organizationId}
    ) as counts`;
  const [figures] = await executePlannedOnce(tx, query);
  if (figures === undefined) throw new Error('an aggregate has one row');
  return figures;
}

async function counted(tx: Transaction<Tables>, reader: Reader): Promise<Figures> {
  return await tx
    .selectFrom('sessions')
    .where(visibleTo(reader.actor))
    .select(({ fn }) => [
      fn.countAll<number>().as('total'),
      sql<number>`count(*) filter (where ${isActive(reader)})`.as('active'),
      sql<number>`count(distinct user_id)`.as('users'),
      sql<string>`coalesce(sum(duration_ms), 0)::text`.as('milliseconds'),
    ])
    .executeTakeFirstOrThrow();
}
