/** An organization may limit how many sessions one user has at a time: the oldest make room for the newest. */
import type { Instant } from '@rollcall/core/instant';
import type { Timeouts } from '@rollcall/core/lifetime';
import type { Transaction } from 'kysely';
import type { Tables } from '../database/tables.ts';
import { endSessions } from './end-sessions.ts';
import { isActive } from './matching-sessions.ts';

interface Room {
  readonly organizationId: string;
  readonly userId: string;
  /** Active sessions at most, the one that is about to begin among them. */
  readonly limit: number;
  readonly timeouts: Timeouts;
  readonly at: Instant;
  readonly newId: () => string;
}

/** Under a lock of the user's row, which the caller holds. The ids of those that it ended. */
export async function makeRoom(tx: Transaction<Tables>, room: Room): Promise<string[]> {
  const { organizationId, userId, limit, timeouts, at, newId } = room;
  const oldest = await tx
    .selectFrom('sessions')
    .select('request_id')
    .where('organization_id', '=', organizationId)
    .where('user_id', '=', userId)
    .where(isActive({ now: at, timeouts }))
    .orderBy('created_at', 'desc')
    .orderBy('request_id', 'desc')
    .offset(limit - 1)
    .execute();
  const ends = oldest.map(({ request_id: requestId }) => ({ requestId, at, reason: 'session-limit' as const }));
  return await endSessions(tx, { organizationId, ends, newId });
}
