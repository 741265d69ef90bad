/** What people do all day, above the typed client for every endpoint. */
import createFetchClient, { type Client } from 'openapi-fetch';
import { allSessions } from './all-sessions.ts';
import { type CallOptions, dataOf, heeding } from './answer.ts';
import { type ApiKeys, apiKeysThrough } from './api-keys.ts';
import { acceptJson, exchangeWith, type Fetch } from './exchange.ts';
import { type OwnOrganization, organizationThrough } from './organization.ts';
import { retryingWith } from './retry.ts';
import { errorOfProblem, type RollcallError } from './rollcall-error.ts';
import type { paths } from './schema.ts';
import { watchSession } from './session-watch.ts';
import { type SingleSignOn, singleSignOnThrough } from './single-sign-on.ts';
import { carryTokens } from './token-carrier.ts';
import { memoryTokenStore, type TokenStore } from './token-store.ts';
import { type Users, usersThrough } from './users.ts';
import type {
  AuditEventList,
  AuditEventQuery,
  Authentication,
  ClientAddress,
  PasswordChanged,
  PasswordChosen,
  SavedView,
  SavedViewRequest,
  Session,
  SessionDetails,
  SessionExportQuery,
  SessionList,
  SessionQuery,
  SessionStatistics,
  SignedIn,
  SignInRequest,
  Termination,
  TerminationMark,
  Terminations,
  TerminationsRequest,
  TokenEvent,
} from './wire.ts';

export interface RollcallOptions {
  /** Where the service is, for example `https://rollcall.example.com`. May be empty only in a page of the service's own origin. */
  readonly baseUrl: string;
  /** The token of a session that exists already; kept in memory. Not together with `tokens`. */
  readonly token?: string | undefined;
  /** Where the token is kept; in memory unless said otherwise. */
  readonly tokens?: TokenStore | undefined;
  /**
   * A program's API key. It is exchanged for a session when one is first needed, and again when that has ended; parallel requests share one. A key that is not
   * good makes each call throw `sign-in-failed`. Not together with `token`.
   */
  readonly apiKey?: string | undefined;
  /** Milliseconds until the last byte of an answer: 1 to 2,147,483,647 or `Infinity`; 10,000 unless said otherwise. */
  readonly timeout?: number | undefined;
  /** Sent with every request. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Called once for each session that turns out to be over, with the reason; the requests that found out fail as well. */
  readonly onSessionEnded?: ((ended: RollcallError) => void) | undefined;
  /** Instead of the global one. */
  readonly fetch?: Fetch | undefined;
}

/** All sessions that match, as a file that is being sent. */
export interface SessionExport {
  /** How many sessions it has. */
  readonly total: number;
  /** Breaks off with an error where the connection does: what has come until then is not whole. */
  readonly body: ReadableStream<Uint8Array>;
}

/**
 * A client in the name of one session at a time, or of nobody yet. Every call throws {@link RollcallError} when it does not succeed; what a token store
 * throws passes through as it is. After `network`, `timeout` and `aborted` nobody knows whether a write was carried out.
 */
export interface Rollcall {
  /**
   * Every endpoint, typed from the OpenAPI document. Problems come as `error`; {@link RollcallError} is thrown when there was no answer or one that
   * is not the service's. Middleware added with `use` sees the token.
   *
   * @example
   * const { data, error } = await rollcall.api.GET('/health/ready');
   */
  readonly api: Client<paths>;
  /**
   * Signs in and keeps the token for all further calls. With `client` the session is somebody else's, whom an application signs in from
   * its own server: then the token is only returned, and this client goes on under its own. With `transport: 'cookie'` there is none to keep.
   */
  signIn(request: SignInRequest, options?: CallOptions): Promise<SignedIn>;
  /** Ends the session and forgets the token. One that has ended already is no failure. */
  signOut(options?: CallOptions): Promise<void>;
  /** Whose token this is, and what they may do. */
  whoAmI(options?: CallOptions): Promise<Authentication>;
  /** One page of the sessions that match; newest first and ten of them unless asked otherwise. */
  listSessions(query?: SessionQuery, options?: CallOptions): Promise<SessionList>;
  /**
   * All sessions that match, each once, in pages of 100 that are read as they are needed; oldest first unless asked otherwise.
   *
   * By `createdAt`, which it is unless asked otherwise, nothing is passed over and nothing comes twice, whatever begins or ends meanwhile: sessions may be
   * ended while one iterates over them. In other orders pages are counted: what leaves the list or changes its place moves the rest, and as many
   * can be passed over. It always ends.
   *
   * @example
   * for await (const session of rollcall.sessions({ search: 'ada' })) console.log(session.sessionName);
   */
  sessions(
    query?: Omit<SessionQuery, 'page' | 'cursor'>,
    options?: CallOptions,
  ): AsyncGenerator<Session, void, undefined>;
  /**
   * All sessions that match as CSV or NDJSON, by sign-in, while they are read. `timeout` is until it begins; `signal` gives it up at any time. `invalid`
   * for a search that is not wholly understood. It is audited.
   */
  exportSessions(query?: SessionExportQuery, options?: CallOptions): Promise<SessionExport>;
  /** Figures over all sessions that one may see. */
  statistics(options?: CallOptions): Promise<SessionStatistics>;
  /** One session; `not-found` where there is none that one may see. */
  getSession(requestId: string, options?: CallOptions): Promise<Session>;
  /** The same, with what its user agent is understood as and which time-out comes first. */
  sessionDetails(requestId: string, options?: CallOptions): Promise<SessionDetails>;
  /** How the tokens of a session rotated, and whatever was odd about one that was presented; the newest fifty, newest first. */
  rotations(requestId: string, options?: CallOptions): Promise<TokenEvent[]>;
  /** Ends a session, also one's own; answers it as it ended, and how surely it has ended everywhere. `not-active` for one that has ended before. */
  endSession(requestId: string, options?: CallOptions): Promise<Termination>;
  /** How many active sessions a search finds, without one's own; `invalid` where it is not wholly understood. */
  previewTermination(search: string, options?: CallOptions): Promise<TerminationMark>;
  /**
   * Ends the active sessions that a search finds, with the mark of its preview, or those of these ids. `more-than-shown`, and nothing ends, where by now
   * there are more than the mark says. One call ends at most 500: repeat it until `remaining` is 0. One's own session ends only if its id is given.
   */
  endSessions(request: TerminationsRequest, options?: CallOptions): Promise<Terminations>;
  /** Views of the list that were kept: one's own and those that the organization shares, by name. */
  savedViews(options?: CallOptions): Promise<SavedView[]>;
  /** Keeps a view; one of the same name and owner gives place to it. Sharing needs `users:manage`; `too-many` after a hundred. */
  saveView(view: SavedViewRequest, options?: CallOptions): Promise<SavedView>;
  /** Removes a view and answers what it was; `not-found` where there is none that one may see. */
  removeView(viewId: string, options?: CallOptions): Promise<SavedView>;
  /** The users of the organization. */
  readonly users: Users;
  /** The organization itself. */
  readonly organization: OwnOrganization;
  /** API keys: one's own, and with `integrations:manage` those of programs. */
  readonly apiKeys: ApiKeys;
  /** The organization's identity provider, and signing in and out through it. */
  readonly singleSignOn: SingleSignOn;
  /** Changes one's own password and ends one's other sessions. `password-wrong` where `currentPassword` is not the present one. */
  changePassword(
    passwords: { readonly currentPassword: string; readonly newPassword: string },
    options?: CallOptions,
  ): Promise<PasswordChanged>;
  /** Chooses a password with what stands behind the `#` of a link, and so uses it up; `link-not-valid` for one that is used or old. */
  choosePassword(
    choice: { readonly link: string; readonly password: string },
    options?: CallOptions,
  ): Promise<PasswordChosen>;
  /** How the address of this request was decided: which proxies are trusted, and where belief ended. Needs `users:manage`. */
  clientAddress(options?: CallOptions): Promise<ClientAddress>;
  /** One page of the audit trail, newest first; needs `audit:read`. */
  auditEvents(query?: AuditEventQuery, options?: CallOptions): Promise<AuditEventList>;
}

/**
 * A client of the service. Throws a `RangeError` or a `TypeError` for options that contradict what they say.
 *
 * @example
 * const rollcall = createRollcall({ baseUrl: 'http://localhost:4400' });
 * await rollcall.signIn({ email: 'ada@example.com', password });
 * const { sessions, total } = await rollcall.listSessions({ search: 'ada' });
 */
export function createRollcall(given: RollcallOptions): Rollcall {
  const { baseUrl, headers = {}, timeout = 10_000, fetch = (request) => globalThis.fetch(request) } = given;
  const { apiKey } = given;
  const tokens = carryTokens(storeOf(given), apiKey === undefined ? undefined : () => exchangeKey(apiKey));
  const asNobody = createFetchClient<paths>({
    baseUrl,
    headers,
    fetch: exchangeWith({ fetch, timeout: timeoutFrom(timeout) }),
  });
  asNobody.use(acceptJson);
  const api = createFetchClient<paths>({
    baseUrl,
    headers,
    fetch: exchangeWith({
      fetch: retryingWith(fetch, tokens.renew),
      timeout: timeoutFrom(timeout),
      received: tokens.receive,
    }),
  });
  api.use(acceptJson, tokens.middleware);
  if (given.onSessionEnded) api.use(watchSession(given.onSessionEnded));

  async function signIn(request: SignInRequest, options: CallOptions = {}): Promise<SignedIn> {
    const body = { transport: 'token', ...request, method: 'password' } as const;
    const signedIn = await dataOf(api.POST('/api/Authentication', { body, ...heeding(options) }));
    if (request.client === undefined && signedIn.token !== undefined) await tokens.keep(signedIn.token);
    return signedIn;
  }

  async function exchangeKey(key: string): Promise<string> {
    const body = { method: 'api-key', key } as const;
    const { token } = await dataOf(asNobody.POST('/api/Authentication', { body }));
    if (token === undefined) throw new TypeError('The service answered a key without a token.');
    return token;
  }

  async function signOut(options: CallOptions = {}): Promise<void> {
    const { error, response } = await api.DELETE('/api/Authentication', heeding(options));
    if (error && response.status !== 401) throw errorOfProblem(error, response);
    await tokens.keep(undefined);
  }

  function listSessions(query: SessionQuery = {}, options: CallOptions = {}): Promise<SessionList> {
    return dataOf(api.GET('/api/UserRequests', { params: { query }, ...heeding(options) }));
  }

  function sessions(query: Omit<SessionQuery, 'page' | 'cursor'> = {}, options: CallOptions = {}) {
    const asked = { sort: 'createdAt', pageSize: 100, ...query } as const;
    return allSessions((place) => listSessions({ ...asked, ...place }, options));
  }

  function sessionDetails(requestId: string, options: CallOptions = {}): Promise<SessionDetails> {
    const params = { path: { requestId } };
    return dataOf(api.GET('/api/UserRequest/{requestId}', { params, ...heeding(options) }));
  }

  async function exportSessions(query: SessionExportQuery = {}, options: CallOptions = {}): Promise<SessionExport> {
    const asked = { params: { query }, parseAs: 'stream', ...heeding(options) } as const;
    const { data, error, response } = await api.GET('/api/UserRequestExport', asked);
    if (error) throw errorOfProblem(error, response);
    return { total: Number(response.headers.get('rollcall-export-total')), body: data ?? new Blob([]).stream() };
  }

  return {
    api,
    signIn,
    signOut,
    whoAmI: (options) => dataOf(api.GET('/api/Authentication', heeding(options))),
    listSessions,
    sessions,
    exportSessions,
    statistics: (options) => dataOf(api.GET('/api/UserRequestStatistics', heeding(options))),
    getSession: async (requestId, options) => (await sessionDetails(requestId, options)).session,
    sessionDetails,
    rotations: async (requestId, options) => {
      const asked = { params: { path: { requestId } }, ...heeding(options) };
      return (await dataOf(api.GET('/api/UserRequest/{requestId}/Rotations', asked))).rotations;
    },
    endSession: (requestId, options) =>
      dataOf(api.DELETE('/api/UserRequest/{requestId}', { params: { path: { requestId } }, ...heeding(options) })),
    previewTermination: async (search, options) => {
      const asked = { params: { query: { search } }, ...heeding(options) };
      return (await dataOf(api.GET('/api/UserRequestTermination', asked))).mark;
    },
    endSessions: (body, options) => dataOf(api.POST('/api/UserRequestTermination', { body, ...heeding(options) })),
    savedViews: async (options) => (await dataOf(api.GET('/api/SavedViews', heeding(options)))).savedViews,
    saveView: async (body, options) =>
      (await dataOf(api.POST('/api/SavedViews', { body, ...heeding(options) }))).savedView,
    removeView: async (viewId, options) =>
      (await dataOf(api.DELETE('/api/SavedView/{viewId}', { params: { path: { viewId } }, ...heeding(options) })))
        .savedView,
    users: usersThrough(api),
    organization: organizationThrough(api),
    apiKeys: apiKeysThrough(api),
    singleSignOn: singleSignOnThrough(api, baseUrl),
    changePassword: (body, options) => dataOf(api.PUT('/api/Password', { body, ...heeding(options) })),
    choosePassword({ link, password }, options) {
      const body = { link: link.slice(link.indexOf('#') + 1), password };
      return dataOf(api.POST('/api/Password', { body, ...heeding(options) }));
    },
    clientAddress: (options) => dataOf(api.GET('/api/ClientAddress', heeding(options))),
    auditEvents: (query = {}, options) =>
      dataOf(api.GET('/api/AuditEvents', { params: { query }, ...heeding(options) })),
  };
}

function storeOf({ token, tokens, apiKey }: RollcallOptions): TokenStore {
  if (token !== undefined && apiKey !== undefined)
    throw new TypeError('Give token or apiKey, not both: a key is exchanged for a token.');
  if (token !== undefined && tokens)
    throw new TypeError('Give token or tokens, not both: a store holds its own token.');
  return tokens ?? memoryTokenStore(token);
}

// Timers of more than 31 bits fire at once.
function timeoutFrom(milliseconds: number): number {
  if (milliseconds === Number.POSITIVE_INFINITY || (milliseconds >= 1 && milliseconds < 2 ** 31)) return milliseconds;
  throw new RangeError(`timeout is ${milliseconds}; it must be 1 to 2147483647 milliseconds, or Infinity.`);
}
