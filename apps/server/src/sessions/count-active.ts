/** How many active sessions somebody has: for a list that says so beside each of them. */
import { sql, type Transaction } from 'kysely';
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
  const { rows } = await sql<{ user_id: string; count: number }>`
    select user_id, count(*) as count
    from sessions
    where organization_id = ${reader.actor.organizationId} and user_id = any(${userIds}::uuid[]) and ${isActive(reader)}
    group by user_id`.execute(tx);
  const none = userIds.map((userId) => [userId, 0] as const);
  return Object.fromEntries([...none, ...rows.map(({ user_id, count }) => [user_id, count] as const)]);
}
