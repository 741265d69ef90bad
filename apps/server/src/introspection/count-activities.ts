/** Activity that an application saw, counted like activity that was seen here. */
import { toInstant, toMilliseconds } from '@rollcall/core/instant';
import { isAlive } from '@rollcall/core/lifetime';
import type { ActivityReport } from '@rollcall/core/schema/introspection';
import { sql, type Transaction } from 'kysely';
import type { Actor } from '../authentication/actor.ts';
import { withPending } from '../authentication/judging.ts';
import type { Context } from '../context.ts';
import type { Tables } from '../database/tables.ts';
import { spanOf } from '../sessions/session-row.ts';
import { reportedClient } from './judge-for-other.ts';

type Counting = Pick<Context, 'activity' | 'clock' | 'database'>;

/** Answers the ids of those that are not active: a late report does not bring back a session that has run out. */
export async function countActivities(
  { activity, clock, database }: Counting,
  { organizationId, timeouts }: Actor,
  activities: ActivityReport['activities'],
): Promise<string[]> {
  const now = clock();
  const requestIds = [...new Set(activities.map(({ requestId }) => requestId))];
  const rows = await database.inOrganization(organizationId, (tx) => readSessions(tx, organizationId, requestIds));
  const active = new Map(
    rows
      .filter((row) => isAlive(spanOf(withPending({ activity }, row)), timeouts, now))
      .map((row) => [row.request_id, row]),
  );
  for (const { requestId, at, client } of activities) {
    const row = active.get(requestId);
    if (!row) continue;
    const newest = withPending({ activity }, row);
    const counted = toInstant(Math.min(toMilliseconds(at), toMilliseconds(now)));
    // what is recorded takes the place of what waits to be written
    if (counted <= newest.last_activity) continue;
    const { last_ip_address: ipAddress, last_user_agent: userAgent } = newest;
    const from = client ? reportedClient(client) : { ipAddress, userAgent };
    activity.record(organizationId, { requestId, at: counted, ...from });
  }
  return requestIds.filter((requestId) => !active.has(requestId));
}

/** Those of users that are not disabled. */
function readSessions(tx: Transaction<Tables>, organizationId: string, requestIds: readonly string[]) {
  return tx
    .selectFrom('sessions as session')
    .innerJoin('users as user', (join) =>
      join.onRef('user.organization_id', '=', 'session.organization_id').onRef('user.user_id', '=', 'session.user_id'),
    )
    .select(['session.organization_id', 'session.request_id', 'session.created_at', 'session.ended_at'])
    .select(['session.end_reason', 'session.last_activity', 'session.last_ip_address', 'session.last_user_agent'])
    .where('session.organization_id', '=', organizationId)
    .where('session.request_id', '=', sql<string>`any(${requestIds}::uuid[])`)
    .where('user.disabled_at', 'is', null)
    .execute();
}
