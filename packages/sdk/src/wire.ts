/** What travels, under the names of the vocabulary, as openapi.json has it. */
import type { components, operations } from './schema.ts';

type Schemas = components['schemas'];

export type AccountType = Schemas['AccountType'];
export type ActiveIntrospection = Schemas['ActiveIntrospection'];
export type ActivityReport = Schemas['ActivityReport'];
export type ApiKey = Schemas['ApiKey'];
export type ApiKeyRequest = Schemas['ApiKeyRequest'];
export type AuditEvent = Schemas['AuditEvent'];
export type AuditEventList = Schemas['AuditEventList'];
export type AuthenticationContext = Schemas['AuthenticationContext'];
export type AuthMethod = Schemas['AuthMethod'];
export type Authentication = Schemas['Authentication'];
export type ChangedUser = Schemas['ChangedUser'];
export type ClientAddress = Schemas['ClientAddress'];
export type ClientType = Schemas['ClientType'];
export type EndReason = Schemas['EndReason'];
export type FieldProblem = Schemas['FieldProblem'];
export type IdentityProvider = Schemas['IdentityProvider'];
export type IdentityProviderAnswer = Schemas['IdentityProviderAnswer'];
export type IdentityProviderRequest = Schemas['IdentityProviderRequest'];
export type InactiveIntrospection = Schemas['InactiveIntrospection'];
export type Instant = Schemas['Instant'];
export type Introspection = Schemas['Introspection'];
export type Invitation = Schemas['Invitation'];
export type Invited = Schemas['Invited'];
export type MadeApiKey = Schemas['MadeApiKey'];
export type Organization = Schemas['Organization'];
export type OrganizationChange = Schemas['OrganizationChange'];
export type OrganizationDetails = Schemas['OrganizationAnswer'];
export type PasswordChanged = Schemas['PasswordChanged'];
export type PasswordChosen = Schemas['PasswordChosen'];
export type PasswordLink = Schemas['PasswordLink'];
export type PasswordReset = Schemas['PasswordReset'];
export type Permission = Schemas['Permission'];
export type Problem = Schemas['Problem'];
export type ProblemCode = Schemas['ProblemCode'];
export type ReportedClient = Schemas['ReportedClient'];
export type RevokedApiKey = Schemas['RevokedApiKey'];
export type Role = Schemas['Role'];
export type SavedView = Schemas['SavedView'];
export type SearchError = Schemas['SearchError'];
export type Session = Schemas['Session'];
export type SessionDetails = Schemas['SessionAnswer'];
export type SessionList = Schemas['SessionList'];
export type SessionSort = Schemas['SessionSort'];
export type SessionStatistics = Schemas['SessionStatistics'];
export type SessionStatus = Schemas['SessionStatus'];
export type SignInMethod = Schemas['SignInMethods']['methods'][number];
export type SignOnAddresses = Schemas['SignOnAddresses'];
export type SignedIn = Schemas['SignedIn'];
export type Termination = Schemas['Termination'];
export type TerminationMark = Schemas['TerminationMark'];
export type Terminations = Schemas['Terminations'];
export type TerminationsRequest = Schemas['TerminationsRequest'];
export type TokenEvent = Schemas['TokenEvent'];
export type User = Schemas['User'];
export type UserChange = Schemas['UserChange'];
export type UserDetails = Schemas['UserDetails'];
export type UserList = Schemas['UserList'];
export type UserStatus = Schemas['UserStatus'];

/** What `GET /api/UserRequests` takes. */
export type SessionQuery = NonNullable<operations['listSessions']['parameters']['query']>;
/** The same once every default is filled in. */
export type SessionListRequest = Required<SessionQuery>;
/** A view of the list, without the place in it. */
export type SessionListQuery = Omit<SessionListRequest, 'cursor'>;
/** What `GET /api/AuditEvents` takes. */
export type AuditEventQuery = NonNullable<operations['listAuditEvents']['parameters']['query']>;
/** What `GET /api/Users` takes. */
export type UserQuery = NonNullable<operations['listUsers']['parameters']['query']>;
/** What `GET /api/UserRequestExport` takes. */
export type SessionExportQuery = NonNullable<operations['exportSessions']['parameters']['query']>;
/** What `POST /api/SavedViews` takes. */
export type SavedViewRequest = Schemas['SavedViewRequest'];
/** Credentials and whatever else signing in takes; `method` is always the password here. */
export type SignInRequest = Omit<Schemas['PasswordSignIn'], 'method'>;
