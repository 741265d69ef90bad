import { AuditEventList } from '@rollcall/core/schema/audit';
import { Authentication } from '@rollcall/core/schema/authentication';
import { SessionAnswer } from '@rollcall/core/schema/session';
import { SignInMethods } from '@rollcall/core/schema/single-sign-on';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { bodyOf, onEachEngine, ownOrigin, type TestApi } from '../../test/api.ts';
import { Browser, choose, errorOf, locationOf, withProvider } from '../../test/signing-on.ts';
import { TestProvider } from '../../test/test-provider.ts';

let provider: TestProvider;
beforeAll(async () => {
  provider = await TestProvider.start();
});
beforeEach(() => provider.behave());
afterAll(() => provider[Symbol.asyncDispose]());

async function whoIs(api: TestApi, token: string | undefined): Promise<Authentication> {
  return await bodyOf(await api.request('/api/Authentication', { token: token ?? '' }), Authentication);
}

async function auditOf(api: TestApi, token: string) {
  return (await bodyOf(await api.request('/api/AuditEvents?pageSize=100', { token }), AuditEventList)).events;
}

onEachEngine(
  (current) => {
    test('whoever comes back from the provider is signed in, and where they wanted to go', async () => {
      const api = current();
      const { organization, token } = await withProvider(api, provider);
      const browser = new Browser(api);
      const there = new URL(await browser.leave(organization, '/system/users?page=2'));
      expect(there.origin + there.pathname).toBe(`${provider.issuer}/authorize`);
      expect(Object.fromEntries(there.searchParams)).toMatchObject({
        client_id: 'rollcall',
        response_type: 'code',
        scope: 'openid email profile',
        redirect_uri: `${ownOrigin}/api/SingleSignOn/Callback`,
        code_challenge_method: 'S256',
        code_challenge: expect.stringMatching(/^[\w-]{43}$/),
        state: expect.stringMatching(/^[\w-]{43}$/),
        nonce: expect.stringMatching(/^[\w-]{43}$/),
      });
      provider.claims = { amr: ['pwd', 'otp'], acr: 'urn:gold', auth_time: 1_764_150_000 };
      expect(locationOf(await browser.go(provider.authorize(there.href)))).toBe('/system/users?page=2');
      const { user, session } = await whoIs(api, browser.token);
      expect(user).toMatchObject({ email: 'ada@example.com', role: 'member', accountType: 'person' });
      expect(session).toMatchObject({ authMethod: 'sso', clientType: 'console', sessionName: 'test' });
      const details = await api.request(`/api/UserRequest/${session.requestId}`, { token });
      expect((await bodyOf(details, SessionAnswer)).session.authenticationContext).toEqual({
        methods: ['pwd', 'otp'],
        contextClass: 'urn:gold',
        authenticatedAt: '2025-11-26T09:40:00.000Z',
      });
      const actions = (await auditOf(api, token)).map(({ action, outcome }) => `${action} ${outcome}`);
      expect(actions).toEqual(expect.arrayContaining(['user-created success', 'account-bound success']));
    });

    test('the cookie that remembers is HttpOnly and Lax, holds nothing that can be read, and is gone afterwards', async () => {
      const api = current();
      const { organization } = await withProvider(api, provider);
      const answer = await api.request(`/api/SingleSignOn?organization=${organization.slug}`);
      const [cookie = ''] = answer.headers.getSetCookie();
      expect(cookie).toMatch(/^rollcall-sso=[\w-]+; Max-Age=600; Path=\/; HttpOnly; SameSite=Lax$/);
      const state = new URL(locationOf(answer)).searchParams.get('state') ?? '';
      expect(Buffer.from(cookie.slice(13), 'base64url').toString('latin1')).not.toContain(state);
      const browser = new Browser(api);
      await browser.signOn(provider, organization);
      expect([...browser.cookies.keys()]).toEqual(['rollcall']);
    });

    test('a session that the browser has is neither used nor kept as its cookie', async () => {
      const api = current();
      const { organization } = await withProvider(api, provider);
      const browser = new Browser(api);
      const planted = await api.signIn(await api.createUser(organization));
      browser.cookies.set('rollcall', planted.token);
      await browser.signOn(provider, organization);
      expect(browser.token).not.toBe(planted.token);
      expect((await whoIs(api, browser.token)).session.requestId).not.toBe(planted.session.requestId);
    });

    describe('the way back', () => {
      test('is gone once: with the same address, the same cookie and even another code', async () => {
        const api = current();
        const { organization } = await withProvider(api, provider);
        const browser = new Browser(api);
        const there = await browser.leave(organization);
        const cookies = [...browser.cookies];
        const back = provider.authorize(there);
        expect(errorOf(locationOf(await browser.go(back)))).toBeNull();
        for (const again of [back, provider.authorize(there)]) {
          const other = new Browser(api);
          for (const [name, value] of cookies) other.cookies.set(name, value);
          expect(errorOf(locationOf(await other.go(again)))).toBe('expired');
          expect(other.token).toBeUndefined();
        }
      });

      test('of two at once, one gets in', async () => {
        const api = current();
        const { organization } = await withProvider(api, provider);
        const browser = new Browser(api);
        const there = await browser.leave(organization);
        const two = await Promise.all([1, 2].map(() => browser.go(provider.authorize(there))));
        expect(two.map((answer) => errorOf(locationOf(answer))).toSorted()).toEqual(['expired', null]);
      });

      test('is not gone in another browser, after ten minutes, or with a cookie that was made up', async () => {
        const api = current();
        const { organization } = await withProvider(api, provider);
        const browser = new Browser(api);
        const back = provider.authorize(await browser.leave(organization));
        expect(locationOf(await new Browser(api).go(back))).toBe('/sign-in?error=expired');
        const forger = new Browser(api);
        forger.cookies.set('rollcall-sso', Buffer.alloc(200, 7).toString('base64url'));
        expect(locationOf(await forger.go(back))).toBe('/sign-in?error=expired');
        api.pass(600);
        expect(locationOf(await browser.go(back))).toBe(`/sign-in/${organization.slug}?error=expired&next=%2Fsystem`);
      });

      test('with a state of somebody else’s making is refused before the provider is asked', async () => {
        const api = current();
        const { organization } = await withProvider(api, provider);
        const browser = new Browser(api);
        const back = provider.authorize(await browser.leave(organization));
        back.searchParams.set('state', 'x'.repeat(43));
        provider.asked.length = 0;
        expect(errorOf(locationOf(await browser.go(back)))).toBe('expired');
        expect(provider.asked).toEqual([]);
      });

      test('is not gone when the provider was removed or turned off meanwhile', async () => {
        const api = current();
        const { organization, token } = await withProvider(api, provider);
        const [one, other] = [new Browser(api), new Browser(api)];
        const backs = [
          provider.authorize(await one.leave(organization)),
          provider.authorize(await other.leave(organization)),
        ];
        await choose(api, token, { issuer: provider.issuer, isEnabled: false });
        expect(errorOf(locationOf(await one.go(backs[0] ?? '')))).toBe('not-offered');
        await api.request('/api/IdentityProvider', { method: 'DELETE', token });
        expect(errorOf(locationOf(await other.go(backs[1] ?? '')))).toBe('not-offered');
      });
    });

    test.each([
      '//evil.test',
      'https://evil.test',
      '/\\evil.test',
      '/\t/evil.test',
      'javascript:alert(1)',
      '',
      'system',
    ])('returnTo %j is no path of this site', async (returnTo) => {
      const api = current();
      const { organization } = await withProvider(api, provider);
      const query = new URLSearchParams({ organization: organization.slug, returnTo });
      const answer = await api.request(`/api/SingleSignOn?${query}`);
      expect([answer.status, answer.headers.get('location')]).toEqual([400, null]);
    });

    test('an organization that nobody has is answered as one without a provider', async () => {
      const api = current();
      const without = await api.createOrganization();
      const methods = async (slug: string) =>
        (await bodyOf(await api.request(`/api/SignInMethods?organization=${slug}`), SignInMethods)).methods;
      for (const slug of [without.slug, 'nobody-has-this']) {
        expect(await methods(slug)).toEqual(['password']);
        const answer = await api.request(`/api/SingleSignOn?organization=${slug}`);
        expect(locationOf(answer)).toBe(`/sign-in/${slug}?error=not-offered`);
      }
      const { organization, token } = await withProvider(api, provider);
      expect(await methods(organization.slug)).toEqual(['password', 'sso']);
      await choose(api, token, { issuer: provider.issuer, isEnabled: false });
      expect(await methods(organization.slug)).toEqual(['password']);
    });
  },
  { fetch: (...request) => globalThis.fetch(...request), providerPatienceMs: 400 },
);
