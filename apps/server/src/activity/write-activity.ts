/** Activity goes into the database: forward only, and only into sessions that have not ended. A crash of the database may cost the last second of it. */
import type { Instant } from '@rollcall/core/instant';
import { sql } from 'kysely';
import type { Database, Work } from '../database/database.ts';
import { executePlannedOnce } from '../database/planned-once.ts';

export interface Activity {
  readonly requestId: string;
  readonly at: Instant;
  readonly ipAddress: string;
  readonly userAgent: string;
}

export async function writeActivity(
  database: Database,
  organizationId: string,
  activities: readonly Activity[],
): Promise<void> {
  await database.inOrganization(organizationId, writing(organizationId, activities), 'writing-behind');
}

/** One statement. */
export function writing(organizationId: string, activities: readonly Activity[]): Work<unknown> {
  // Selected, each array is of unknown length: with one of a known length a plan looks cheaper than for any, and would be made each time.
  const write = sql`
      update sessions as session
      set last_activity = newest.at, last_ip_address = newest.ip_address, last_user_agent = newest.user_agent
      from unnest(
        (select ${activities.map(({ requestId }) => requestId)}::uuid[]),
        (select ${activities.map(({ at }) => at)}::timestamptz[]),
        (select ${activities.map(({ ipAddress }) => ipAddress)}::inet[]),
        (select ${activities.map(({ userAgent }) => userAgent)}::text[])
      ) as newest (request_id, at, ip_address, user_agent)
      where session.organization_id = ${organizationId}
        and session.request_id = newest.request_id
        and session.ended_at is null
        and session.last_activity < newest.at`;
  return (tx) => executePlannedOnce(tx, write);
}
