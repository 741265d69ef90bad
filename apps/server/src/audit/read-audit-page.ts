/** One page of an organization's audit trail. */
import type { AuditEvent, AuditEventListQuery } from '@rollcall/core/schema/audit';
import type { Selectable, Transaction } from 'kysely';
import type { AuditEventsTable, Tables } from '../database/tables.ts';

export interface AuditPage {
  readonly events: AuditEvent[];
  readonly total: number;
}

/** Newest first; events of one instant in the order of their ids, turned round likewise. */
export async function readAuditPage(
  tx: Transaction<Tables>,
  organizationId: string,
  { page, pageSize, requestId }: AuditEventListQuery,
): Promise<AuditPage> {
  const everything = tx.selectFrom('audit_events').where('organization_id', '=', organizationId);
  const wanted = requestId === undefined ? everything : everything.where('subject_request_id', '=', requestId);
  const { total } = await wanted.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  const rows = await wanted
    .selectAll()
    .orderBy('at', 'desc')
    .orderBy('event_id', 'desc')
    .limit(pageSize)
    .offset((page - 1) * pageSize)
    .execute();
  return { events: rows.map(eventOf), total };
}

function eventOf(row: Selectable<AuditEventsTable>): AuditEvent {
  return {
    eventId: row.event_id,
    at: row.at,
    action: row.action,
    outcome: row.outcome,
    ...(row.reason !== null && { reason: row.reason }),
    ...(row.actor_email !== null && { actorEmail: row.actor_email }),
    ...(row.actor_request_id !== null && { actorRequestId: row.actor_request_id }),
    ...(row.subject_email !== null && { subjectEmail: row.subject_email }),
    ...(row.subject_request_id !== null && { subjectRequestId: row.subject_request_id }),
    ...(row.ip_address !== null && { ipAddress: row.ip_address }),
    ...(row.user_agent !== null && { userAgent: row.user_agent }),
    ...(Object.keys(row.details).length > 0 && { details: row.details }),
  };
}
