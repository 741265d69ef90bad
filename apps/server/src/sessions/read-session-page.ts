/** One page of sessions, found, ordered and counted by the database as core's `listSessions` does it. */
import { parseSort, type SortField } from '@rollcall/core/order';
import type { Actor } from '@rollcall/core/permission';
import type { SessionListQuery } from '@rollcall/core/schema/session-list';
import { type RawBuilder, sql, type Transaction } from 'kysely';
import type { Tables } from '../database/tables.ts';
import { duration, isActive, type Moment, matching, visibleTo } from './matching-sessions.ts';
import { type SessionRow, sessionColumns } from './session-row.ts';

export interface SessionPage {
  readonly rows: SessionRow[];
  readonly total: number;
}

/** For whom, and as of when. */
export interface Reader extends Moment {
  readonly actor: Actor;
}

export async function readSessionPage(
  tx: Transaction<Tables>,
  reader: Reader,
  query: SessionListQuery,
): Promise<SessionPage> {
  const found = tx.selectFrom('sessions').where(visibleTo(reader.actor)).where(matching(query, reader));
  const { total } = await found.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow();

  const { field, descending } = parseSort(query.sort);
  const direction = descending ? 'desc' : 'asc';
  const rows = await found
    .select(sessionColumns)
    .orderBy(sortKey(field, reader), direction)
    .orderBy('request_id', direction)
    .limit(query.pageSize)
    .offset((query.page - 1) * query.pageSize)
    .execute();
  return { rows, total };
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
    duration,
  };
  return keys[field];
}
