/** In which order a list has its sessions, in SQL. */
import { parseSort, type SortField } from '@rollcall/core/order';
import type { SessionSort } from '@rollcall/core/schema/session-list';
import { type RawBuilder, sql } from 'kysely';
import { isActive, type Moment } from './matching-sessions.ts';

/** `backward` has the last one first. */
export function sessionOrder(sort: SessionSort, moment: Moment, { backward = false } = {}): RawBuilder<unknown> {
  const { field, descending } = parseSort(sort);
  const direction = descending === backward ? sql`asc` : sql`desc`;
  return sql`${sortKey(field, moment)} ${direction}, request_id ${direction}`;
}

// Text columns have the collation "C", and inet orders IPv4 before IPv6, each by number.
function sortKey(field: SortField, moment: Moment): RawBuilder<unknown> {
  const keys: Record<SortField, RawBuilder<unknown>> = {
    userEmail: sql.ref('user_email'),
    sessionName: sql.ref('session_name'),
    ipAddress: sql.ref('ip_address'),
    userAgent: sql.ref('user_agent'),
    isActive: isActive(moment),
    createdAt: sql.ref('created_at'),
    lastActivity: sql.ref('last_activity'),
    duration: sql.ref('duration_ms'),
  };
  return keys[field];
}
