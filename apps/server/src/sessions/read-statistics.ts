/** The four figures, as core's `statisticsOf` has them: of an organization they are kept, of one user they are counted. */
import { minutesOf } from '@rollcall/core/duration';
import { may } from '@rollcall/core/permission';
import type { SessionStatistics } from '@rollcall/core/schema/session';
import { type RawBuilder, sql, type Transaction } from 'kysely';
import type { Activity } from '../activity/write-activity.ts';
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

/** With activity that is `pending` as if it were in the database, which need not be waited for. */
export async function readStatistics(
  tx: Transaction<Tables>,
  reader: Reader,
  pending: readonly Activity[] = [],
): Promise<SessionStatistics> {
  const { total, active, users, milliseconds } = await readFigures(tx, reader, pending);
  return {
    totalSessions: total,
    activeSessions: active,
    uniqueUsers: users,
    averageDurationMinutes: total === 0 ? 0 : minutesOf(Number(milliseconds) / total),
  };
}

export async function readFigures(
  tx: Transaction<Tables>,
  reader: Reader,
  pending: readonly Activity[] = [],
): Promise<Figures> {
  const figures = may(reader.actor, 'users:manage') ? kept(reader) : counted(reader);
  const query = sql<Figures>`
    select total, figures.active + late.active as active, users, (figures.milliseconds + late.milliseconds)::text as milliseconds
    from (${figures}) as figures cross join (${late(reader, pending)}) as late`;
  const [read] = await executePlannedOnce(tx, query);
  if (read === undefined) throw new Error('an aggregate has one row');
  return read;
}

function kept(reader: Reader): RawBuilder<unknown> {
  const { organizationId } = reader.actor;
  return sql`
    select coalesce(sum(sessions), 0)::bigint as total,
      coalesce(sum(open_sessions), 0)::bigint
        - count_run_out(${before(reader, 'idleSeconds')}::timestamptz, ${before(reader, 'absoluteSeconds')}::timestamptz)
        as active,
      coalesce(sum(users), 0)::bigint as users,
      coalesce(sum(duration_ms), 0) as milliseconds
    from (
      select sessions, open_sessions, users, duration_ms from session_counts where organization_id = ${organizationId}
      union all
      select sessions, open_sessions, users, duration_ms from session_count_changes
      where organization_id = ${organizationId}
    ) as counts`;
}

function counted(reader: Reader): RawBuilder<unknown> {
  return sql`
    select count(*) as total, count(*) filter (where ${isActive(reader)}) as active, count(distinct user_id) as users,
      coalesce(sum(duration_ms), 0) as milliseconds
    from sessions where ${visibleTo(reader.actor)}`;
}

/** By how much the figures would be other if what is pending were written, as `writing` would write it. */
function late(reader: Reader, pending: readonly Activity[]): RawBuilder<unknown> {
  const wouldBeActive = sql`
    last_activity <= ${before(reader, 'idleSeconds')}::timestamptz and at > ${before(reader, 'idleSeconds')}::timestamptz
    and created_at > ${before(reader, 'absoluteSeconds')}::timestamptz`;
  // as the column is generated
  const duration = sql`(extract(epoch from greatest(at - created_at, interval '0')) * 1000)::bigint`;
  return sql`
    select count(*) filter (where ${wouldBeActive}) as active, coalesce(sum(${duration} - duration_ms), 0) as milliseconds
    from unnest(
      (select ${pending.map(({ requestId }) => requestId)}::uuid[]), (select ${pending.map(({ at }) => at)}::timestamptz[])
    ) as newest (pending_id, at)
    join sessions on request_id = pending_id
    where ${visibleTo(reader.actor)} and ended_at is null and last_activity < at`;
}
