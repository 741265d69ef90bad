/** The client of the Rollcall session service. The rules that client and service share are at `@rollcall/sdk/rules`. */
export type { Fetch } from './exchange.ts';
export { type LocalStorageOptions, localStorageTokenStore } from './local-storage-token-store.ts';
export {
  type CallOptions,
  createRollcall,
  type Rollcall,
  type RollcallOptions,
  type SessionExport,
} from './rollcall.ts';
export { RollcallError, type RollcallErrorCode, type RollcallErrorFacts } from './rollcall-error.ts';
export type { components, paths } from './schema.ts';
export { isNextOf, memoryTokenStore, type TokenStore } from './token-store.ts';
export type {
  AuditEvent,
  AuditEventList,
  AuditEventQuery,
  Authentication,
  EndReason,
  FieldProblem,
  Instant,
  Organization,
  Permission,
  Problem,
  ProblemCode,
  Role,
  SavedView,
  SavedViewRequest,
  Session,
  SessionExportQuery,
  SessionList,
  SessionQuery,
  SessionSort,
  SessionStatistics,
  SessionStatus,
  SignedIn,
  SignInRequest,
  Termination,
  TerminationMark,
  Terminations,
  TerminationsRequest,
  TokenEvent,
  User,
} from './wire.ts';
