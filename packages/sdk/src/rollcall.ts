/** What people do all day, above the typed client for every endpoint. */
import createFetchClient, { type Client } from 'openapi-fetch';
import { errorOfProblem, RollcallError } from './rollcall-error.ts';
import type { components, operations, paths } from './schema.ts';
import { type Fetch, sender } from './send.ts';
import { memoryTokenStore, type TokenStore } from './token-store.ts';

type Schemas = components['schemas'];
export type SessionQuery = NonNullable<operations['listSessions']['parameters']['query']>;
export type AuditEventQuery = NonNullable<operations['listAuditEvents']['parameters']['query']>;
/** Credentials and whatever else signing in takes; `method` is always the password here. */
export type SignInRequest = Omit<Schemas['SignIn'], 'method' | 'transport'> &
  Partial<Pick<Schemas['SignIn'], 'transport'>>;

export interface RollcallOptions {
  /** Where the service is, for example `https://rollcall.example.com`. */
  readonly baseUrl: string;
  /** The token of a session that exists already. */
  readonly token?: string;
  /** Where the token is kept; in memory unless said otherwise. */
  readonly tokens?: TokenStore;
  /** Milliseconds that an answer may take; 10,000 unless said otherwise. */
  readonly timeout?: number;
  /** Sent with every request. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Instead of the global one. */
  readonly fetch?: Fetch;
}

export interface CallOptions {
  readonly signal?: AbortSignal;
}

/** Every call throws {@link RollcallError}, and nothing else. */
export interface Rollcall {
  /** Every endpoint, typed from the OpenAPI document. Problems come as `error`; only what never reached the service is thrown. */
  readonly api: Client<paths>;
  /**
   * Signs in and keeps the token for all further calls. With `client` the session is somebody else's, whom an application signs in from
   * its own server: then the token is only returned, and this client goes on under its own.
   */
  signIn(request: SignInRequest, options?: CallOptions): Promise<Schemas['SignedIn']>;
  /** Ends the session and forgets the token. One that has ended already is no failure. */
  signOut(options?: CallOptions): Promise<void>;
  /** Whose token this is, and what they may do. */
  whoAmI(options?: CallOptions): Promise<Schemas['Authentication']>;
  /** One page of the sessions that match; newest first and ten of them unless asked otherwise. */
  listSessions(query?: SessionQuery, options?: CallOptions): Promise<Schemas['SessionList']>;
  /**
   * All sessions that match, page by page, each once. Oldest first unless asked otherwise, so that sessions created meanwhile come last. Pages are
   * counted, so one that stops matching meanwhile (ended, under `status: 'active'`) can make another be passed over.
   */
  sessions(query?: Omit<SessionQuery, 'page'>, options?: CallOptions): AsyncGenerator<Schemas['Session'], void, void>;
  /** Figures over all sessions that one may see. */
  statistics(options?: CallOptions): Promise<Schemas['SessionStatistics']>;
  getSession(requestId: string, options?: CallOptions): Promise<Schemas['Session']>;
  /** Ends a session; answers it as it ended, and how surely it has ended everywhere. */
  endSession(requestId: string, options?: CallOptions): Promise<Schemas['Termination']>;
  /** One page of the audit trail, newest first; needs `audit:read`. */
  auditEvents(query?: AuditEventQuery, options?: CallOptions): Promise<Schemas['AuditEventList']>;
}

/**
 * A client of the service.
 *
 * @example
 * const rollcall = createRollcall({ baseUrl: 'http://localhost:4400' });
 * await rollcall.signIn({ email: 'ada@example.com', password });
 * const { sessions, total } = await rollcall.listSessions({ search: 'ada' });
 */
export function createRollcall(options: RollcallOptions): Rollcall {
  const { baseUrl, headers, timeout = 10_000, tokens = memoryTokenStore(options.token) } = options;
  const fetch = options.fetch ?? ((request) => globalThis.fetch(request));
  const api = createFetchClient<paths>({
    baseUrl,
    ...(headers && { headers }),
    fetch: sender({ fetch, tokens, timeout }),
  });

  async function signIn(request: SignInRequest, options: CallOptions = {}): Promise<Schemas['SignedIn']> {
    const body = { transport: 'token', ...request, method: 'password' } as const;
    const signedIn = dataOf(await api.POST('/api/Authentication', { ...options, body }));
    if (request.client === undefined && signedIn.token !== undefined) await tokens.write(signedIn.token);
    return signedIn;
  }

  async function signOut(options: CallOptions = {}): Promise<void> {
    const { error, response } = await api.DELETE('/api/Authentication', { ...options });
    if (error && response.status !== 401) throw errorOfProblem(error, response);
    await tokens.write(undefined);
  }

  async function listSessions(query: SessionQuery = {}, options: CallOptions = {}): Promise<Schemas['SessionList']> {
    return dataOf(await api.GET('/api/UserRequests', { ...options, params: { query } }));
  }

  async function* sessions(
    query: Omit<SessionQuery, 'page'> = {},
    options: CallOptions = {},
  ): AsyncGenerator<Schemas['Session'], void, void> {
    const seen = new Set<string>();
    const asked = { sort: 'createdAt', pageSize: 100, ...query } as const;
    for (let page = 1; ; page += 1) {
      const list = await listSessions({ ...asked, page }, options);
      for (const session of list.sessions) {
        if (!seen.has(session.requestId)) yield session;
        seen.add(session.requestId);
      }
      if (list.sessions.length < list.pageSize) return;
    }
  }

  return {
    api,
    signIn,
    signOut,
    whoAmI: async (options = {}) => dataOf(await api.GET('/api/Authentication', { ...options })),
    listSessions,
    sessions,
    statistics: async (options = {}) => dataOf(await api.GET('/api/UserRequestStatistics', { ...options })),
    getSession: async (requestId, options = {}) =>
      dataOf(await api.GET('/api/UserRequest/{requestId}', { ...options, params: { path: { requestId } } })).session,
    endSession: async (requestId, options = {}) =>
      dataOf(await api.DELETE('/api/UserRequest/{requestId}', { ...options, params: { path: { requestId } } })),
    auditEvents: async (query = {}, options = {}) =>
      dataOf(await api.GET('/api/AuditEvents', { ...options, params: { query } })),
  };
}

type Answer<T> =
  | { data: T; error?: never; response: Response }
  | { data?: never; error: Schemas['Problem']; response: Response };

function dataOf<T>({ data, error, response }: Answer<T>): T {
  if (error) throw errorOfProblem(error, response);
  if (data === undefined) {
    const detail = `The answer with status ${response.status} is empty.`;
    throw new RollcallError({
      code: 'not-json',
      title: 'The answer is not the service’s',
      detail,
      status: response.status,
    });
  }
  return data;
}
