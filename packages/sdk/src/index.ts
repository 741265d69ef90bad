/** The client of the Rollcall session service. The rules that client and service share are at `@rollcall/sdk/rules`. */
import type { components } from './schema.ts';

export {
  type AuditEventQuery,
  type CallOptions,
  createRollcall,
  type Rollcall,
  type RollcallOptions,
  type SessionQuery,
  type SignInRequest,
} from './rollcall.ts';
export { RollcallError, type RollcallErrorCode, type RollcallErrorFacts } from './rollcall-error.ts';
export type { components, paths } from './schema.ts';
export type { Fetch } from './send.ts';
export { memoryTokenStore, type TokenStore } from './token-store.ts';

export type Session = components['schemas']['Session'];
export type SessionList = components['schemas']['SessionList'];
export type SessionStatistics = components['schemas']['SessionStatistics'];
export type Authentication = components['schemas']['Authentication'];
export type SignedIn = components['schemas']['SignedIn'];
export type Termination = components['schemas']['Termination'];
export type AuditEvent = components['schemas']['AuditEvent'];
export type Problem = components['schemas']['Problem'];
