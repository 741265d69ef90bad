/** What the rest of the server knows of the database, whichever engine is behind it. */
import type { NetworkBinding } from '@rollcall/core/schema/organization';
import type { AuthMethod, ClientType, EndReason } from '@rollcall/core/schema/session';
import type { AccountType, Permission, Role } from '@rollcall/core/schema/user';
import type { Transaction } from 'kysely';
import type { Tables } from './tables.ts';

export interface Database {
  readonly engine: 'embedded' | 'postgresql';
  /** One transaction in which exactly this organization's rows can be seen and written. */
  inOrganization<T>(organizationId: string, work: Work<T>, how?: Access): Promise<T>;
  /** A `writing-behind` and a `reading` behind that, on one connection that need not wait between them. */
  readBehind<T>(organizationId: string, write: Work<unknown>, read: Work<T>): Behind<T>;
  /** One transaction that sees every organization; each purpose is an entry of `MAINTENANCE`. */
  asMaintenance<T>(purpose: MaintenancePurpose, work: Work<T>): Promise<T>;
  /** The read behind every token check: one statement, outside of any transaction. */
  readSessionByKey(organizationId: string, requestId: string): Promise<SessionByKey | undefined>;
  /** Rejects within seconds when the database cannot be reached. */
  ping(): Promise<void>;
  /** Ends what is under way, then the engine. Safe to call twice. */
  close(): Promise<void>;
}

export type Work<T> = (tx: Transaction<Tables>) => Promise<T>;

/**
 * What a transaction is for. `writing` unless something else is said: durable when it resolves. `reading` can write nothing, and resolves before it has
 * ended. `writing-behind` is one statement; what it wrote is seen by everybody when it resolves, and may be lost in a crash of the database within a second
 * from then.
 */
export type Access = 'reading' | 'writing' | 'writing-behind';

export interface Behind<T> {
  readonly written: Promise<void>;
  /** Rejects, too, if nothing could be written. */
  readonly answer: Promise<T>;
}

/** Everything that may look across organizations, and why it must. Nothing else does. */
export const MAINTENANCE = {
  organizations: 'creating one, and finding the one that a sign-in names, comes before any organization is known',
  expiry: 'the background job marks whatever has run out, wherever it is',
  retention: 'the background job deletes whatever has been kept long enough, wherever it is',
  doctor: 'recomputes what is kept incrementally, for the whole database',
} as const;

export type MaintenancePurpose = keyof typeof MAINTENANCE;

/** A session and what its user may do, as they stood at `read_at` on the database's clock. */
export interface SessionByKey {
  organization_id: string;
  request_id: string;
  user_id: string;
  user_email: string;
  session_name: string;
  ip_address: string;
  user_agent: string;
  last_ip_address: string;
  last_user_agent: string;
  client_type: ClientType;
  auth_method: AuthMethod;
  account_type: AccountType;
  api_key_id: string | null;
  api_key_name: string | null;
  /** What it may do at most, for one that was begun with a key. */
  permissions_within: Permission[] | null;
  created_at: string;
  last_activity: string;
  ended_at: string | null;
  end_reason: EndReason | null;
  ended_by_user_id: string | null;
  ended_by: string | null;
  /** Base64. */
  token_salt: string;
  token_generation: number;
  token_confirmed_at: string;
  role: Role;
  permissions: Permission[];
  disabled_at: string | null;
  organization_slug: string;
  organization_name: string;
  /** What the organization chose for itself; null is the service's own. */
  idle_timeout_seconds: number | null;
  absolute_timeout_seconds: number | null;
  network_binding: NetworkBinding;
  read_at: string;
}
