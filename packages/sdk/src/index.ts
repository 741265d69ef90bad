/** The client of the Rollcall session service. The rules that client and service share are at `@rollcall/sdk/rules`. */

export type { CallOptions } from './answer.ts';
export type { ApiKeys } from './api-keys.ts';
export type { Fetch } from './exchange.ts';
export { type LocalStorageOptions, localStorageTokenStore } from './local-storage-token-store.ts';
export type { OwnOrganization } from './organization.ts';
export {
  createRollcall,
  type Rollcall,
  type RollcallOptions,
  type SessionExport,
} from './rollcall.ts';
export { RollcallError, type RollcallErrorCode, type RollcallErrorFacts } from './rollcall-error.ts';
export type { components, paths } from './schema.ts';
export type { SingleSignOn } from './single-sign-on.ts';
export { isNextOf, memoryTokenStore, type TokenStore } from './token-store.ts';
export type { Users } from './users.ts';
export type {
  AccountType,
  ApiKey,
  ApiKeyRequest,
  AuditEvent,
  AuditEventList,
  AuditEventQuery,
  Authentication,
  AuthenticationContext,
  ChangedUser,
  ClientAddress,
  EndReason,
  FieldProblem,
  IdentityProvider,
  IdentityProviderAnswer,
  IdentityProviderRequest,
  Instant,
  Invitation,
  Invited,
  MadeApiKey,
  Organization,
  OrganizationChange,
  OrganizationDetails,
  PasswordChanged,
  PasswordChosen,
  PasswordLink,
  PasswordReset,
  Permission,
  Problem,
  ProblemCode,
  RevokedApiKey,
  Role,
  SavedView,
  SavedViewRequest,
  Session,
  SessionDetails,
  SessionExportQuery,
  SessionList,
  SessionQuery,
  SessionSort,
  SessionStatistics,
  SessionStatus,
  SignedIn,
  SignInMethod,
  SignInRequest,
  SignOnAddresses,
  Termination,
  TerminationMark,
  Terminations,
  TerminationsRequest,
  TokenEvent,
  User,
  UserChange,
  UserDetails,
  UserList,
  UserQuery,
  UserStatus,
} from './wire.ts';
