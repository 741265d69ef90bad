/** From a row to a session on the wire. */
import type { Instant } from '@rollcall/core/instant';
import { lifetimeAt, type Span, type Timeouts } from '@rollcall/core/lifetime';
import type { AuthenticationContext, Session } from '@rollcall/core/schema/session';
import type { Selectable } from 'kysely';
import type { SessionsTable } from '../database/tables.ts';

// What a token check reads of every session (`SessionByKey`) does without these.
const contextColumns = [
  'authentication_methods',
  'authentication_class',
  'authenticated_at',
] as const satisfies (keyof SessionsTable)[];

/** What the wire shows of a session is made of these. */
export const sessionColumns = [
  ...contextColumns,
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

type Shown = Pick<Selectable<SessionsTable>, (typeof sessionColumns)[number]>;
type ContextColumn = (typeof contextColumns)[number];
export type SessionRow = Omit<Shown, ContextColumn> & Partial<Pick<Shown, ContextColumn>>;

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
    ...(row.authentication_methods && { authenticationContext: contextOf(row, row.authentication_methods) }),
    ...lifetimeAt(spanOf(row), timeouts, now),
    ...(row.ended_by !== null && { endedBy: row.ended_by }),
    isCurrent: row.request_id === requestId,
  };
}

function contextOf(row: SessionRow, methods: string[]): AuthenticationContext {
  const { authentication_class: contextClass, authenticated_at: authenticatedAt } = row;
  return { methods, ...(contextClass && { contextClass }), ...(authenticatedAt && { authenticatedAt }) };
}

export function spanOf(row: Pick<SessionRow, 'created_at' | 'last_activity' | 'ended_at' | 'end_reason'>): Span {
  return {
    createdAt: row.created_at,
    lastActivity: row.last_activity,
    endedAt: row.ended_at ?? undefined,
    endReason: row.end_reason ?? undefined,
  };
}
