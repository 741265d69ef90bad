/** A session ends once: whoever comes second changes nothing. */
import type { Instant } from '@rollcall/core/instant';
import type { EndReason } from '@rollcall/core/schema/session';
import type { Transaction } from 'kysely';
import type { Tables } from '../database/tables.ts';
import { type SessionRow, sessionColumns } from './session-row.ts';

export interface SessionEnd {
  readonly organizationId: string;
  readonly requestId: string;
  readonly at: Instant;
  readonly reason: EndReason;
  /** Nobody, where the service itself ended it. */
  readonly by?: { readonly userId: string; readonly email: string };
}

/** The session as it ended, or undefined when it had ended already. */
export async function endSession(tx: Transaction<Tables>, end: SessionEnd): Promise<SessionRow | undefined> {
  return await tx
    .updateTable('sessions')
    .set({
      ended_at: end.at,
      end_reason: end.reason,
      ended_by_user_id: end.by?.userId ?? null,
      ended_by: end.by?.email ?? null,
    })
    .where('organization_id', '=', end.organizationId)
    .where('request_id', '=', end.requestId)
    .where('ended_at', 'is', null)
    .returning(sessionColumns)
    .executeTakeFirst();
}
