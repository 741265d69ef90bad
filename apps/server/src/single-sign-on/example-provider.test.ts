/** Against a real provider in its own process, over HTTP: oidc-provider, as the example starts it. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { Authentication } from '@rollcall/core/schema/authentication';
import { IdentityProviderAnswer } from '@rollcall/core/schema/identity-provider';
import { SessionAnswer } from '@rollcall/core/schema/session';
import { ProviderSignOut } from '@rollcall/core/schema/single-sign-on';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bodyOf, TestApi } from '../../test/api.ts';
import { ENGINES } from '../../test/engines.ts';
import { type ExampleProvider, startExampleProvider, WebBrowser } from '../../test/example-provider.ts';
import { choose } from '../../test/signing-on.ts';
import { openTestDatabase, type TestDatabase } from '../../test/test-database.ts';

describe.each(ENGINES)('%s', (engine) => {
  let opened: TestDatabase;
  let web: Server;
  let api: TestApi;
  let url: string;
  let administrator: Awaited<ReturnType<TestApi['administrator']>>;
  let provider: ExampleProvider;

  beforeAll(async () => {
    opened = await openTestDatabase(engine);
    web = createServer().listen(0, '127.0.0.1');
    await once(web, 'listening');
    const address = web.address();
    url = `http://localhost:${typeof address === 'object' ? address?.port : ''}`;
    const clock = () => new Date().toISOString();
    api = new TestApi(opened.database, { clock, publicUrl: new URL(url), fetch: (...asked) => fetch(...asked) });
    web.on('request', api.listener());
    administrator = await api.administrator();
    const { token } = administrator;
    const { addresses } = await bodyOf(await api.request('/api/IdentityProvider', { token }), IdentityProviderAnswer);
    provider = await startExampleProvider(url, addresses);
    const { issuer, clientId, clientSecret } = provider;
    const scopes = ['openid', 'email', 'profile', 'groups'];
    const groups = { groupClaim: 'groups', administratorGroups: ['admins'] };
    const answer = await choose(api, token, { issuer, clientId, clientSecret, scopes, ...groups });
    expect(answer.status).toBe(200);
  });
  afterAll(async () => {
    await provider[Symbol.asyncDispose]();
    web.closeAllConnections();
    web.close();
    await opened.destroy();
  });

  async function comeIn(browser: WebBrowser, account: string) {
    const { slug } = administrator.organization;
    const page = await browser.go(`${url}/api/SingleSignOn?organization=${slug}&returnTo=/api/Authentication`);
    return await browser.submit(page, new RegExp(`/${account}$`));
  }

  async function isIn(token: string | undefined): Promise<boolean> {
    return (await api.request('/api/Authentication', { token: token ?? '' })).status === 200;
  }

  test.each([
    ['ada', 'administrator'],
    ['grace', 'member'],
  ])('%s comes in, as %s, and it is known how strongly', async (account, role) => {
    const browser = new WebBrowser();
    const page = await comeIn(browser, account);
    expect(page.url.href).toBe(`${url}/api/Authentication`);
    const { user, session } = Authentication.parse(JSON.parse(page.html));
    expect(user).toMatchObject({ email: `${account}@example.com`, role });
    const { token } = administrator;
    const details = await bodyOf(await api.request(`/api/UserRequest/${session.requestId}`, { token }), SessionAnswer);
    expect(details.session.authenticationContext).toEqual({
      methods: ['pwd', 'otp'],
      contextClass: 'urn:example:two-factors',
      authenticatedAt: expect.stringMatching(/T/),
    });
  });

  test('whoever cancels there is told that it was denied', async () => {
    const { url: end } = await comeIn(new WebBrowser(), 'nobody');
    expect(end.pathname + end.search).toMatch(/^\/sign-in\/[\w-]+\?error=denied&next=/);
  });

  test('whoever signs out there is signed out here: in that browser, and in no other', async () => {
    const [browser, elsewhere] = [new WebBrowser(), new WebBrowser()];
    await comeIn(browser, 'ada');
    await comeIn(elsewhere, 'ada');
    const [token, other] = [browser.cookie(url, 'rollcall'), elsewhere.cookie(url, 'rollcall')];
    expect([await isIn(token), await isIn(other)]).toEqual([true, true]);
    const asked = await api.request('/api/SingleSignOn/SignOut', { token: token ?? '' });
    const page = await browser.go((await bodyOf(asked, ProviderSignOut)).url ?? '');
    const isBack = (at: URL) => at.origin === url;
    const { url: end } = await browser.submit(page, /session\/end\/confirm/, { logout: 'yes' }, isBack);
    expect(end.pathname + end.search).toBe(`/sign-in/${administrator.organization.slug}?reason=signed-out`);
    expect([await isIn(token), await isIn(other)]).toEqual([false, true]);
  });
});
