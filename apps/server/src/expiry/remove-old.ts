/** Removing sessions that have been inactive for long. The audit trail speaks of them still. */

import type { Instant } from '@rollcall/core/instant';
import { sql } from 'kysely';
import type { Database } from '../database/database.ts';

export interface Removing {
  readonly database: Database;
  readonly clock: () => Instant;
  /** For how long inactive sessions are kept, where an organization has not chosen. */
  readonly retentionDays: number;
}

// Few enough that nobody who waits for one of their users notices.
const batch = 1000;

/** The oldest of every organization, up to a thousand in all. Answers how many it removed; those that another node is removing are left to it. */
export async function removeOld({ database, clock, retentionDays }: Removing): Promise<number> {
  const { rows } = await database.asMaintenance('retention', (tx) =>
    sql`
      delete from sessions as session
      using (
        select organization_id, old.request_id
        from organizations as organization
        cross join lateral (
          select request_id from sessions
          where organization_id = organization.organization_id
            and ended_at < ${clock()}::timestamptz - make_interval(days => coalesce(retention_days, ${retentionDays}::integer))
          order by ended_at limit ${batch} for update skip locked
        ) as old
        limit ${batch}
      ) as old
      where session.organization_id = old.organization_id and session.request_id = old.request_id
      returning session.request_id`.execute(tx),
  );
  return rows.length;
}
