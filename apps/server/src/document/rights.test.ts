/** Who may do what: every operation of the document, asked by everybody there is. One that is not in the table fails. */
import { MadeApiKey } from '@rollcall/core/schema/api-key';
import { Invited } from '@rollcall/core/schema/authentication';
import { SavedViewAnswer } from '@rollcall/core/schema/saved-view';
import { Permission } from '@rollcall/core/schema/user';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bodyOf, onEachEngine, password, type SignedInUser, type TestApi, type TestUser } from '../../test/api.ts';
import { operations } from '../../test/openapi-operations.ts';
import { choose } from '../../test/signing-on.ts';
import { TestProvider } from '../../test/test-provider.ts';

type Account = SignedInUser & { readonly user: TestUser };

interface Ask {
  readonly id?: string;
  readonly query?: string;
  readonly body?: object;
  /** Instead of a body of JSON. */
  readonly form?: Readonly<Record<string, string>>;
}

let provider: TestProvider;
beforeAll(async () => {
  provider = await TestProvider.start();
});
afterAll(() => provider[Symbol.asyncDispose]());

interface Right {
  /** Whoever has this permission; everybody who is signed in; or anybody at all. */
  readonly may: Permission | 'everybody' | 'anybody';
  /** About somebody else of the organization, made for this one request. */
  readonly ask: (stage: Stage) => Promise<Ask> | Ask;
  /** The same about whoever asks, which needs no permission. */
  readonly own?: (stage: Stage, asker: Account) => Promise<Ask> | Ask;
}

/** One organization, and what its administrator can put there to be asked about. */
class Stage {
  readonly api: TestApi;
  readonly administrator: Account;

  constructor(api: TestApi, administrator: Account) {
    this.api = api;
    this.administrator = administrator;
  }

  async account(permissions: Permission[] = []): Promise<Account> {
    const user = await this.api.createUser(this.administrator.user.organization, { permissions });
    return { user, ...(await this.api.signIn(user)) };
  }

  async program(): Promise<string> {
    const { organization } = this.administrator.user;
    return (await this.api.createUser(organization, { accountType: 'service' })).userId;
  }

  async key(token: string, body: object): Promise<string> {
    return (await bodyOf(await this.send('POST', '/api/ApiKeys', token, body), MadeApiKey)).apiKey.keyId;
  }

  async view(token: string, body: object): Promise<string> {
    return (await bodyOf(await this.send('POST', '/api/SavedViews', token, body), SavedViewAnswer)).savedView.viewId;
  }

  async link(): Promise<string> {
    const body = { email: `${crypto.randomUUID()}@example.com` };
    const answer = await this.send('POST', '/api/Users', this.administrator.token, body);
    return new URL((await bodyOf(answer, Invited)).passwordLink?.url ?? '').hash.slice(1);
  }

  /** The organization has the provider from now on. */
  async provider(): Promise<{ readonly organizationId: string; readonly issuer: string }> {
    const { issuer } = provider;
    const { token, user: administrator } = this.administrator;
    expect((await choose(this.api, token, { issuer })).status).toBe(200);
    return { issuer, organizationId: administrator.organization.organizationId };
  }

  send(method: string, path: string, token: string | undefined, body?: Ask['body'], form?: Ask['form']) {
    const headers = body === undefined ? {} : { 'content-type': 'application/json' };
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    if (form) return this.api.request(path, { method, body: new URLSearchParams(form) });
    return this.api.request(path, { method, headers, ...sent, ...(token !== undefined && { token }) });
  }
}

const session = async (stage: Stage): Promise<Ask> => ({ id: (await stage.account()).session.requestId });
const ownSession = (_: Stage, { session: { requestId } }: Account): Ask => ({ id: requestId });
const user = async (stage: Stage): Promise<Ask> => ({ id: (await stage.account()).user.userId });
const nothing = (): Ask => ({});

const rights: Readonly<Record<string, Right>> = {
  signIn: {
    may: 'anybody',
    async ask(stage) {
      const { email, organization } = (await stage.account()).user;
      return { body: { method: 'password', email, password, organization: organization.slug } };
    },
  },
  whoAmI: { may: 'everybody', ask: nothing },
  signOut: { may: 'everybody', ask: nothing },
  listSignInMethods: { may: 'anybody', ask: () => ({ query: 'organization=acme' }) },
  beginSignOn: { may: 'anybody', ask: () => ({ query: 'organization=acme' }) },
  finishSignOn: { may: 'anybody', ask: nothing },
  providerSignOut: { may: 'everybody', ask: nothing },
  logOutByProvider: {
    may: 'anybody',
    async ask(stage) {
      const { organizationId } = await stage.provider();
      const token = await provider.logoutToken({ sub: 'ada' }, Date.parse(stage.api.now));
      return { id: organizationId, form: { logout_token: token } };
    },
  },
  getIdentityProvider: { may: 'integrations:manage', ask: nothing },
  setIdentityProvider: {
    may: 'integrations:manage',
    ask: () => ({ body: { issuer: provider.issuer, clientId: 'rollcall', clientSecret: null } }),
  },
  removeIdentityProvider: {
    may: 'integrations:manage',
    async ask(stage) {
      await stage.provider();
      return {};
    },
  },
  choosePassword: {
    may: 'anybody',
    ask: async (stage) => ({ body: { link: await stage.link(), password } }),
  },
  changePassword: { may: 'everybody', ask: () => ({ body: { currentPassword: password, newPassword: password } }) },
  listSessions: { may: 'everybody', ask: nothing },
  sessionStatistics: { may: 'everybody', ask: nothing },
  exportSessions: { may: 'everybody', ask: nothing },
  getSession: { may: 'users:manage', ask: session, own: ownSession },
  terminateSession: { may: 'users:manage', ask: session, own: ownSession },
  listRotations: { may: 'users:manage', ask: session, own: ownSession },
  previewTermination: { may: 'everybody', ask: () => ({ query: 'search=ada' }) },
  terminateSessions: {
    may: 'everybody',
    ask: async (stage) => ({ body: { requestIds: [(await stage.account()).session.requestId] } }),
  },
  listSavedViews: { may: 'everybody', ask: nothing },
  saveView: {
    may: 'users:manage',
    ask: () => ({ body: { name: 'Ours', isShared: true } }),
    own: () => ({ body: { name: 'Mine' } }),
  },
  removeView: {
    may: 'users:manage',
    ask: async (stage) => ({ id: await stage.view(stage.administrator.token, { name: 'Ours', isShared: true }) }),
    own: async (stage, { token }) => ({ id: await stage.view(token, { name: 'Mine' }) }),
  },
  listUsers: { may: 'users:manage', ask: nothing },
  inviteUser: { may: 'users:manage', ask: () => ({ body: { email: `${crypto.randomUUID()}@example.com` } }) },
  getUser: { may: 'users:manage', ask: user, own: (_, asker) => ({ id: asker.user.userId }) },
  changeUser: { may: 'users:manage', ask: async (stage) => ({ ...(await user(stage)), body: { permissions: [] } }) },
  removeUser: { may: 'users:manage', ask: user },
  resetPassword: { may: 'users:manage', ask: user },
  listApiKeys: { may: 'everybody', ask: nothing },
  makeApiKey: {
    may: 'integrations:manage',
    ask: async (stage) => ({ body: { name: 'Nightly', userId: await stage.program() } }),
    own: () => ({ body: { name: 'Mine' } }),
  },
  revokeApiKey: {
    may: 'integrations:manage',
    async ask(stage) {
      return { id: await stage.key(stage.administrator.token, { name: 'Nightly', userId: await stage.program() }) };
    },
    own: async (stage, { token }) => ({ id: await stage.key(token, { name: 'Mine' }) }),
  },
  introspect: { may: 'sessions:verify', ask: async (stage) => ({ body: { token: (await stage.account()).token } }) },
  reportActivity: { may: 'sessions:verify', ask: () => ({ body: { activities: [] } }) },
  getOrganization: { may: 'everybody', ask: nothing },
  changeOrganization: { may: 'users:manage', ask: () => ({ body: { sessionLimit: 500 } }) },
  clientAddress: { may: 'users:manage', ask: nothing },
  listAuditEvents: { may: 'audit:read', ask: nothing },
  live: { may: 'anybody', ask: nothing },
  ready: { may: 'anybody', ask: nothing },
  openApiDocument: { may: 'anybody', ask: nothing },
  apiDocs: { may: 'anybody', ask: nothing },
};

test('every operation is in the table, and nothing else', () => {
  expect(new Set(Object.keys(rights))).toEqual(new Set(operations.map(({ operationId }) => operationId)));
});

onEachEngine(
  (current) => {
    describe.each(operations)('$operationId', ({ operationId, method, path }) => {
      test('is done for whoever may, and refused to everybody else', async () => {
        const right = rights[operationId];
        if (!right) throw new Error(`${operationId} is not in the table`);
        const stage = new Stage(current(), await current().administrator());
        const ask = async (asker: Account | undefined, { id = '', query, body, form }: Ask) => {
          const address = path.replace(/\{\w+\}/, id) + (query === undefined ? '' : `?${query}`);
          return (await stage.send(method, address, asker?.token, body, form)).status;
        };

        const isOpen = right.may === 'anybody';
        expect(await ask(undefined, await right.ask(stage)), 'nobody').toSatisfy(isOpen ? isDone : isUnauthenticated);
        const stranger = await current().administrator();
        if (path.includes('{') && !isOpen)
          expect(await ask(stranger, await right.ask(stage)), 'a stranger').toSatisfy(isRefused);
        for (const permission of [undefined, ...Permission.options]) {
          const asker = await stage.account(permission === undefined ? [] : [permission]);
          const may = isOpen || right.may === 'everybody' || right.may === permission;
          expect(await ask(asker, await right.ask(stage)), permission ?? 'a member').toSatisfy(
            may ? isDone : isRefused,
          );
          if (right.own) expect(await ask(asker, await right.own(stage, asker)), 'about oneself').toSatisfy(isDone);
        }
        const other = await stage.api.createUser(stage.administrator.user.organization, { role: 'administrator' });
        const administrator = { user: other, ...(await stage.api.signIn(other)) };
        expect(await ask(administrator, await right.ask(stage)), 'an administrator').toSatisfy(isDone);
      });
    });
  },
  { fetch: (...request) => globalThis.fetch(...request) },
);

function isDone(status: number): boolean {
  return status >= 200 && status < 400;
}

function isUnauthenticated(status: number): boolean {
  return status === 401;
}

// What somebody may not know of is not there for them.
function isRefused(status: number): boolean {
  return status === 403 || status === 404;
}
