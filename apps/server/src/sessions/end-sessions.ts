/** Ends that nobody asked for by name: many sessions at once, each with its audit event. */
import type { Instant } from '@rollcall/core/instant';
import type { EndReason } from '@rollcall/core/schema/session';
import { sql, type Transaction } from 'kysely';
import { type NewAuditEvent, writeAuditEvents } from '../audit/write-audit-event.ts';
import type { Tables } from '../database/tables.ts';

export interface SessionEnds {
  readonly organizationId: string;
  readonly ends: readonly OneEnd[];
  readonly newId: () => string;
  /** Who brought it about, and from where; nobody for the service itself. */
  readonly by?: Pick<NewAuditEvent, 'actor' | 'client'>;
}

export interface OneEnd {
  readonly requestId: string;
  readonly at: Instant;
  readonly reason: EndReason;
  /** What it was judged by, where a later activity would save it. */
  readonly lastActivity?: Instant;
}

/** The ids of those that it ended: whoever had ended before, or has moved on, is left alone. */
export async function endSessions(tx: Transaction<Tables>, given: SessionEnds): Promise<string[]> {
  const { organizationId, ends, newId, by = {} } = given;
  if (ends.length === 0) return [];
  const { rows } = await sql<{ request_id: string; user_email: string; ended_at: string; end_reason: EndReason }>`
    update sessions as session
    set ended_at = ending.at, end_reason = ending.reason,
      ended_by_user_id = ${by.actor?.userId ?? null}, ended_by = ${by.actor?.email ?? null}
    from unnest(
      ${ends.map(({ requestId }) => requestId)}::uuid[],
      ${ends.map(({ at }) => at)}::timestamptz[],
      ${ends.map(({ reason }) => reason)}::text[],
      ${ends.map(({ lastActivity }) => lastActivity ?? null)}::timestamptz[]
    ) as ending (request_id, at, reason, last_activity)
    where session.organization_id = ${organizationId}
      and session.request_id = ending.request_id
      and session.ended_at is null
      and session.last_activity = coalesce(ending.last_activity, session.last_activity)
    returning session.request_id, session.user_email, session.ended_at, session.end_reason`.execute(tx);
  if (rows.length === 0) return [];
  await writeAuditEvents(
    tx,
    rows.map((row) => ({
      ...by,
      organizationId,
      eventId: newId(),
      at: row.ended_at,
      action: 'session-ended',
      outcome: 'success',
      subject: { email: row.user_email, requestId: row.request_id },
      details: { endReason: row.end_reason },
    })),
  );
  return rows.map(({ request_id }) => request_id);
}
