/** From a row to a session on the wire. */
import type { Instant } from '@rollcall/core/instant';
import { lifetimeAt, type Span, type Timeouts } from '@rollcall/core/lifetime';
import type { Session } from '@rollcall/core/schema/session';
import type { Selectable } from 'kysely';
import type { SessionsTable } from '../database/tables.ts';

/** What the wire shows of a session is made of these. */
export const sessionColumns = [
  'request_id',
  'user_id',
  'user_email',
  'session_name',
  'ip_address',
  'user_agent',
  'last_ip_address',
  'last_user_agent',
  'client_type',
  'auth_method',
  'account_type',
  'api_key_id',
  'api_key_name',
  'created_at',
  'last_activity',
  'ended_at',
  'end_reason',
  'ended_by',
] as const satisfies (keyof SessionsTable)[];

export type SessionRow = Pick<Selectable<SessionsTable>, (typeof sessionColumns)[number]>;

/** Who looks, and when. */
export interface View {
  readonly requestId: string;
  readonly now: Instant;
  readonly timeouts: Timeouts;
}

export function sessionOf(row: SessionRow, { requestId, now, timeouts }: View): Session {
  return {
    requestId: row.request_id,
    userId: row.user_id,
    userEmail: row.user_email,
    sessionName: row.session_name,
    ipAddress: row.ip_address,
    userAgent: row.user_agent,
    lastIpAddress: row.last_ip_address,
    lastUserAgent: row.last_user_agent,
    createdAt: row.created_at,
    lastActivity: row.last_activity,
    clientType: row.client_type,
    authMethod: row.auth_method,
    accountType: row.account_type,
    ...(row.api_key_id !== null &&
      row.api_key_name !== null && { apiKey: { keyId: row.api_key_id, name: row.api_key_name } }),
    ...lifetimeAt(spanOf(row), timeouts, now),
    ...(row.ended_by !== null && { endedBy: row.ended_by }),
    isCurrent: row.request_id === requestId,
  };
}

export function spanOf(row: Pick<SessionRow, 'created_at' | 'last_activity' | 'ended_at' | 'end_reason'>): Span {
  return {
    createdAt: row.created_at,
    lastActivity: row.last_activity,
    endedAt: row.ended_at ?? undefined,
    endReason: row.end_reason ?? undefined,
  };
}
