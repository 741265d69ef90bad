/**
 * The tables as Kysely sees them. Instants are ISO 8601 in UTC with milliseconds (`column-types.ts` makes them so), text
 * that is searched or compared without case is folded by core before it is written.
 */

import type { ListColumn } from '@rollcall/core/list-column';
import type { AuditAction, AuditOutcome } from '@rollcall/core/schema/audit';
import type { NetworkBinding } from '@rollcall/core/schema/organization';
import type { AuthMethod, ClientType, EndReason } from '@rollcall/core/schema/session';
import type { SessionSort, SessionStatus } from '@rollcall/core/schema/session-list';
import type { AccountType, Permission, Role } from '@rollcall/core/schema/user';
import type { ColumnType, GeneratedAlways, JSONColumnType } from 'kysely';

export interface Tables {
  organizations: OrganizationsTable;
  users: UsersTable;
  sessions: SessionsTable;
  audit_events: AuditEventsTable;
  sign_in_failures: SignInFailuresTable;
  token_verdicts: TokenVerdictsTable;
  session_changes: SessionChangesTable;
  saved_views: SavedViewsTable;
  api_keys: ApiKeysTable;
  identity_providers: IdentityProvidersTable;
  provider_accounts: ProviderAccountsTable;
  spent_tokens: SpentTokensTable;
  migrations: MigrationsTable;
}

/** Written once, never updated. */
type Fixed<T> = ColumnType<T, T, never>;
/** Written once or not at all, never updated. */
type FixedOrNull<T> = ColumnType<T | null, T | null | undefined, never>;
/** Null unless given. */
type Nullable<T> = ColumnType<T | null, T | null | undefined, T | null>;
/** Has a default in the database. */
type Defaulted<T> = ColumnType<T, T | undefined, T>;

export interface OrganizationsTable {
  organization_id: Fixed<string>;
  slug: string;
  name: string;
  created_at: Fixed<string>;
  /** What the organization chose for itself; null is the service's own. */
  idle_timeout_seconds: Nullable<number>;
  absolute_timeout_seconds: Nullable<number>;
  /** Active sessions of one user; null for any number. */
  session_limit: Nullable<number>;
  /** For how long inactive sessions are kept. */
  retention_days: Nullable<number>;
  network_binding: Defaulted<NetworkBinding>;
}

export interface UsersTable {
  organization_id: Fixed<string>;
  user_id: Fixed<string>;
  email: string;
  email_folded: string;
  account_type: AccountType;
  role: Role;
  permissions: Defaulted<Permission[]>;
  password_hash: Nullable<string>;
  password_changed_at: Nullable<string>;
  /** SHA-256 of the secret of a one-time link that is out, with which they choose a password. */
  password_link_hash: Nullable<Buffer>;
  password_link_expires_at: Nullable<string>;
  created_at: Fixed<string>;
  /** Null while they are invited: they have neither chosen a password nor come in another way. */
  joined_at: Nullable<string>;
  disabled_at: Nullable<string>;
  /** Their e-mail is free for others then: `email_folded` holds their id instead. */
  removed_at: Nullable<string>;
}

export interface SessionsTable {
  organization_id: Fixed<string>;
  request_id: Fixed<string>;
  user_id: Fixed<string>;
  user_email: Fixed<string>;
  session_name: Fixed<string>;
  ip_address: Fixed<string>;
  user_agent: Fixed<string>;
  /** Stands for the user agent where that is too long: beside sessions in an index. */
  user_agent_hash: GeneratedAlways<number>;
  last_ip_address: string;
  last_user_agent: string;
  client_type: Fixed<ClientType>;
  auth_method: Fixed<AuthMethod>;
  account_type: Fixed<AccountType>;
  /** With which it was begun, and what it may do at most; null for what was begun in another way. */
  api_key_id: FixedOrNull<string>;
  api_key_name: FixedOrNull<string>;
  permissions_within: FixedOrNull<Permission[]>;
  /** The account at the identity provider with which it was begun; null for what was begun in another way. */
  account_issuer: FixedOrNull<string>;
  account_subject: FixedOrNull<string>;
  /** The provider's own session (`sid`), where it tells. */
  provider_session: FixedOrNull<string>;
  /** How strongly the provider authenticated them: `amr`, `acr`, `auth_time`. */
  authentication_methods: FixedOrNull<string[]>;
  authentication_class: FixedOrNull<string>;
  authenticated_at: FixedOrNull<string>;
  created_at: Fixed<string>;
  last_activity: string;
  /** Core's `durationMilliseconds`, kept by the database. */
  duration_ms: GeneratedAlways<number>;
  ended_at: Nullable<string>;
  end_reason: Nullable<EndReason>;
  ended_by_user_id: Nullable<string>;
  ended_by: Nullable<string>;
  /** The folded e-mail, address and name, joined by newlines. */
  search_text: Fixed<string>;
  token_salt: Fixed<Buffer>;
  token_generation: Defaulted<number>;
  token_confirmed_at: string;
}

export interface AuditEventsTable {
  organization_id: Fixed<string>;
  event_id: Fixed<string>;
  at: Fixed<string>;
  action: Fixed<AuditAction>;
  outcome: Fixed<AuditOutcome>;
  reason: FixedOrNull<string>;
  actor_user_id: FixedOrNull<string>;
  actor_email: FixedOrNull<string>;
  /** Folded by core, to be found by. */
  actor_email_folded: FixedOrNull<string>;
  actor_request_id: FixedOrNull<string>;
  subject_request_id: FixedOrNull<string>;
  subject_email: FixedOrNull<string>;
  subject_email_folded: FixedOrNull<string>;
  ip_address: FixedOrNull<string>;
  user_agent: FixedOrNull<string>;
  /** Facts that only this action has; written as JSON text. */
  details: JSONColumnType<Record<string, unknown>, string | undefined, never>;
}

/** One row per account and address: how often they failed since the window began. */
export interface SignInFailuresTable {
  organization_id: Fixed<string>;
  email_folded: Fixed<string>;
  ip_address: Fixed<string>;
  window_started_at: string;
  failures: number;
}

/** Rotations of a session's tokens, and whatever was odd about a token that was presented. */
export interface TokenVerdictsTable {
  organization_id: Fixed<string>;
  request_id: Fixed<string>;
  event_id: Fixed<string>;
  at: Fixed<string>;
  verdict: Fixed<'confirmed' | 'race' | 'reuse'>;
  token_number: Fixed<number>;
  token_generation: Fixed<number>;
  ip_address: Fixed<string>;
  user_agent: Fixed<string>;
}

/** What nodes remember of a session is out of date since the transaction that wrote this. */
export interface SessionChangesTable {
  organization_id: Fixed<string>;
  announcement_id: Fixed<string>;
  request_id: Fixed<string>;
  transaction_id: ColumnType<string, never, never>;
  at: ColumnType<string, never, never>;
}

export interface SavedViewsTable {
  organization_id: Fixed<string>;
  view_id: Fixed<string>;
  /** Whose it is; null where the organization shares it. */
  user_id: Fixed<string | null>;
  name: Fixed<string>;
  search: string;
  status: SessionStatus;
  sort: SessionSort;
  columns: ListColumn[];
  saved_at: string;
}

export interface ApiKeysTable {
  organization_id: Fixed<string>;
  key_id: Fixed<string>;
  user_id: Fixed<string>;
  name: Fixed<string>;
  /** SHA-256: what it is taken from is as long as the hash. */
  secret_hash: Fixed<Buffer>;
  permissions: Fixed<Permission[]>;
  /** CIDR notation, canonical; from anywhere where there are none. */
  allowed_networks: Fixed<string[]>;
  created_at: Fixed<string>;
  created_by: FixedOrNull<string>;
  expires_at: FixedOrNull<string>;
  /** To the minute. */
  last_used_at: Nullable<string>;
  /** When it was taken back, or found to have expired. */
  revoked_at: Nullable<string>;
}

export interface IdentityProvidersTable {
  organization_id: Fixed<string>;
  issuer: string;
  client_id: string;
  /** Null for a client without one. */
  sealed_client_secret: Nullable<Buffer>;
  scopes: string[];
  email_domains: string[];
  group_claim: Nullable<string>;
  administrator_groups: string[];
  /** What whoever chose it may do. A new permission is added by its migration where all the others are. */
  trusted_with: Permission[];
  is_enabled: boolean;
  changed_at: string;
}

export interface ProviderAccountsTable {
  organization_id: Fixed<string>;
  issuer: Fixed<string>;
  subject: Fixed<string>;
  user_id: string;
  bound_at: string;
}

/** What may be used once, and has been. */
export interface SpentTokensTable {
  organization_id: Fixed<string>;
  kind: Fixed<'sign-on' | 'logout'>;
  token_id: Fixed<string>;
  expires_at: Fixed<string>;
}

export interface MigrationsTable {
  number: Fixed<number>;
  name: Fixed<string>;
  checksum: Fixed<string>;
  applied_at: ColumnType<string, never, never>;
}
