/** Sessions that have run out are inactive for every reader at that instant; here it is recorded, with its audit event. */
import { type Instant, toInstant, toMilliseconds } from '@rollcall/core/instant';
import { lifetimeAt, type Timeouts, timeoutsWithin } from '@rollcall/core/lifetime';
import { sql, type Transaction } from 'kysely';
import type { Context } from '../context.ts';
import type { Tables } from '../database/tables.ts';
import { endSessions, type OneEnd } from '../sessions/end-sessions.ts';

export type Expiring = Pick<Context, 'announcements' | 'clock' | 'newId' | 'timeouts'>;

// A node writes what a session did last within a second: until then it may look as if it had run out.
const patienceMs = 5000;
const batch = 500;
// Any number will do, as long as nobody else in this database takes it.
const lock = 7_215_204_712;

/**
 * Ends what has run out by now, of every organization, at the instants at which it ran out. On one node at a time: the
 * others find the lock taken and end nothing. Answers how many it ended.
 */
export async function endExpired(expiring: Expiring): Promise<number> {
  let ended = 0;
  for (;;) {
    const { result } = await expiring.announcements.sweep(async (tx, changed) => {
      if (!(await isAlone(tx))) return 0;
      let inThisBatch = 0;
      for (const [organizationId, ends] of await findExpired(tx, expiring)) {
        const requestIds = await endSessions(tx, { organizationId, ends, newId: expiring.newId });
        for (const requestId of requestIds) changed(organizationId, requestId);
        inThisBatch += requestIds.length;
      }
      return inThisBatch;
    });
    ended += result;
    if (result < batch) return ended;
  }
}

async function isAlone(tx: Transaction<Tables>): Promise<boolean> {
  const { rows } = await sql<{ taken: boolean }>`select pg_try_advisory_xact_lock(${lock}::bigint) as taken`.execute(
    tx,
  );
  return rows[0]?.taken === true;
}

interface Candidate {
  organization_id: string;
  request_id: string;
  created_at: string;
  last_activity: string;
  idle_timeout_seconds: number | null;
  absolute_timeout_seconds: number | null;
}

// Two probes of an index for every organization find who may have run out; core says who has, when and why.
async function findExpired(tx: Transaction<Tables>, { clock, timeouts }: Expiring): Promise<Map<string, Expiry[]>> {
  const now = toInstant(toMilliseconds(clock()) - patienceMs);
  const { rows } = await sql<Candidate>`
    select organization_id, candidate.*, idle_timeout_seconds, absolute_timeout_seconds
    from organizations as organization
    cross join lateral (
      (
        select request_id, created_at, last_activity from sessions
        where organization_id = organization.organization_id and ended_at is null
          and last_activity <= ${now}::timestamptz
            - make_interval(secs => least(idle_timeout_seconds, ${timeouts.idleSeconds}::integer))
        order by last_activity limit ${batch}
      )
      union
      (
        select request_id, created_at, last_activity from sessions
        where organization_id = organization.organization_id and ended_at is null
          and created_at <= ${now}::timestamptz
            - make_interval(secs => least(absolute_timeout_seconds, ${timeouts.absoluteSeconds}::integer))
        order by created_at limit ${batch}
      )
    ) as candidate
    limit ${batch}`.execute(tx);
  const ends = rows.flatMap((row) => endOf(row, timeouts, now));
  return Map.groupBy(ends, ({ organizationId }) => organizationId);
}

interface Expiry extends OneEnd {
  readonly organizationId: string;
}

function endOf(row: Candidate, service: Timeouts, now: Instant): Expiry[] {
  const { organization_id: organizationId, request_id: requestId } = row;
  const { created_at: createdAt, last_activity: lastActivity } = row;
  const chosen = { idleSeconds: row.idle_timeout_seconds, absoluteSeconds: row.absolute_timeout_seconds };
  const { endedAt, endReason } = lifetimeAt({ createdAt, lastActivity }, timeoutsWithin(service, chosen), now);
  if (endedAt === undefined || endReason === undefined) return [];
  return [{ organizationId, requestId, at: endedAt, reason: endReason, lastActivity }];
}
