/** How many active sessions somebody has: for a list that says so beside each of them. */
import { sql, type Transaction } from 'kysely';
import { executePlannedOnce } from '../database/planned-once.ts';
import type { Tables } from '../database/tables.ts';
import { isActive, type Reader } from './matching-sessions.ts';
import type { SessionRow } from './session-row.ts';

/** Of each user who has one of these sessions. */
export async function countActive(
  tx: Transaction<Tables>,
  reader: Reader,
  sessions: readonly Pick<SessionRow, 'user_id'>[],
): Promise<Record<string, number>> {
  const userIds = [...new Set(sessions.map(({ user_id }) => user_id))];
  if (userIds.length === 0) return {};
  // One look into an index for each of them: what finds the rows of all at once is planned for nobody in particular, and goes through whoever is active.
  const query = sql<{ user_id: string; count: number }>`
    select user_id, (
      select count(*) from sessions
      where organization_id = ${reader.actor.organizationId} and user_id = person.user_id and ${isActive(reader)}
    ) as count
    from unnest((select ${userIds}::uuid[])) as person (user_id)`;
  const rows = await executePlannedOnce(tx, query);
  return Object.fromEntries(rows.map(({ user_id, count }) => [user_id, count] as const));
}
