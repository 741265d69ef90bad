/** Activity goes into the database: forward only, and only into sessions that have not ended. */
import type { Instant } from '@rollcall/core/instant';
import { sql } from 'kysely';
import type { Database } from '../database/database.ts';

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
  await database.inOrganization(organizationId, (tx) =>
    sql`
      update sessions as session
      set last_activity = newest.at, last_ip_address = newest.ip_address, last_user_agent = newest.user_agent
      from unnest(
        ${activities.map(({ requestId }) => requestId)}::uuid[],
        ${activities.map(({ at }) => at)}::timestamptz[],
        ${activities.map(({ ipAddress }) => ipAddress)}::inet[],
        ${activities.map(({ userAgent }) => userAgent)}::text[]
      ) as newest (request_id, at, ip_address, user_agent)
      where session.organization_id = ${organizationId}
        and session.request_id = newest.request_id
        and session.ended_at is null
        and session.last_activity < newest.at
    `.execute(tx),
  );
}
