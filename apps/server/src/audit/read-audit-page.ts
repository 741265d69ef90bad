/** One page of an organization's audit trail. */
import { parsePlace, writePlace } from '@rollcall/core/cursor';
import { fold } from '@rollcall/core/fold';
import type { AuditEvent, AuditEventListQuery, AuditFilter } from '@rollcall/core/schema/audit';
import { type RawBuilder, type Selectable, sql, type Transaction } from 'kysely';
import type { AuditEventsTable, Tables } from '../database/tables.ts';

export interface AuditPage {
  readonly events: AuditEvent[];
  readonly total: number;
  /** Where it is not, there are more than `total`. */
  readonly totalIsExact: boolean;
  readonly nextCursor?: string;
}

const mostCounted = 10_000;

/**
 * Newest first; events of one instant in the order of their ids, turned round likewise. First only the ids: what is passed over on the way to a far page is
 * read from an index alone.
 */
export async function readAuditPage(
  tx: Transaction<Tables>,
  organizationId: string,
  query: AuditEventListQuery,
): Promise<AuditPage> {
  const { page, pageSize, cursor } = query;
  const found = foundBy(organizationId, query);
  const offset = (page - 1) * pageSize;
  const { rows } = await sql<Selectable<AuditEventsTable>>`
    with place as (
      select event_id from (${found(beyond(cursor), offset + pageSize)}) as found
      order by at desc, event_id desc limit ${pageSize} offset ${offset}
    )
    select * from audit_events
    where organization_id = ${organizationId} and event_id in (select event_id from place)
    order by at desc, event_id desc`.execute(tx);
  const counted = await sql<{ total: number }>`
    select count(*) as total from (${found(sql`true`, mostCounted + 1)}) as found`.execute(tx);
  const total = counted.rows[0]?.total ?? 0;
  const events = rows.map(eventOf);
  const last = events.length === pageSize ? events.at(-1) : undefined;
  return {
    events,
    total: Math.min(total, mostCounted),
    totalIsExact: total <= mostCounted,
    ...(last && { nextCursor: writePlace({ at: last.at, id: last.eventId }) }),
  };
}

/**
 * The places of the newest events that a filter finds. There is an index for each of its ways; where there are two, the newest of either are put together, and what
 * is on both counts once.
 */
function foundBy(organizationId: string, filter: AuditFilter) {
  const narrowed = sql.join(conditionsOf(filter), sql` and `);
  return function found(within: RawBuilder<unknown>, most: number): RawBuilder<unknown> {
    const ways = waysTo(filter).map(
      (way) => sql`(
        select at, event_id from audit_events
        where organization_id = ${organizationId} and ${way} and ${narrowed} and ${within}
        order by at desc, event_id desc limit ${most}
      )`,
    );
    return sql.join(ways, sql` union `);
  };
}

/** Each leads to its events by an index of its own; together to all that the filter can find. */
function waysTo({ requestId, session, email, action, outcome }: AuditFilter): RawBuilder<boolean>[] {
  if (requestId !== undefined) return [sql`subject_request_id = ${requestId}`];
  if (session !== undefined) return [sql`actor_request_id = ${session}`, sql`subject_request_id = ${session}`];
  if (email !== undefined) {
    const folded = fold(email);
    return [sql`actor_email_folded = ${folded}`, sql`subject_email_folded = ${folded}`];
  }
  const either = [sql<boolean>`outcome = 'success'`, sql<boolean>`outcome = 'refused'`];
  return action !== undefined && outcome === undefined ? either : [sql`true`];
}

function conditionsOf(filter: AuditFilter): RawBuilder<boolean>[] {
  const { action, outcome, email, session, requestId, since, before } = filter;
  const isOfSession = requestId !== undefined || session !== undefined;
  const conditions: RawBuilder<boolean>[] = [sql`true`];
  if (action !== undefined) conditions.push(sql`action = ${sql.lit(action)}`);
  if (outcome !== undefined) conditions.push(sql`outcome = ${sql.lit(outcome)}`);
  if (email !== undefined && isOfSession) {
    conditions.push(sql`${fold(email)}::text in (actor_email_folded, subject_email_folded)`);
  }
  if (session !== undefined && requestId !== undefined) {
    conditions.push(sql`${session}::uuid in (actor_request_id, subject_request_id)`);
  }
  if (since !== undefined) conditions.push(sql`at >= ${since}::timestamptz`);
  if (before !== undefined) conditions.push(sql`at < ${before}::timestamptz`);
  return conditions;
}

function beyond(cursor: string): RawBuilder<boolean> {
  const place = parsePlace(cursor);
  if (place === undefined) return sql`true`;
  return sql`(at, event_id) < (${place.at}::timestamptz, ${place.id}::uuid)`;
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
