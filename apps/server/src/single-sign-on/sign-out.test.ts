/** Signing out at the provider, and being signed out by it. */
import { AuditEventList } from '@rollcall/core/schema/audit';
import { ProviderSignOut } from '@rollcall/core/schema/single-sign-on';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { bodyOf, onEachEngine, ownOrigin, problemOf, type TestApi } from '../../test/api.ts';
import { Browser, choose, withProvider } from '../../test/signing-on.ts';
import { type Claims, clientId, logoutEvent, TestProvider } from '../../test/test-provider.ts';

let provider: TestProvider;
beforeAll(async () => {
  provider = await TestProvider.start();
});
beforeEach(() => provider.behave());
afterAll(() => provider[Symbol.asyncDispose]());

// The tests' clock stands still; the provider dates its logout tokens by it.
const now = Date.parse('2026-11-23T09:42:19.000Z');
const seconds = now / 1000;

onEachEngine(
  (current) => {
    async function logOut(api: TestApi, organizationId: string, token: string): Promise<Response> {
      const body = new URLSearchParams({ logout_token: token, more: 'is ignored' });
      return await api.request(`/api/SingleSignOn/Logout/${organizationId}`, { method: 'POST', body });
    }

    /** A session of an account, in a session of the provider’s. */
    async function come(api: TestApi, organization: Parameters<Browser['signOn']>[1], claims: Claims): Promise<string> {
      provider.claims = { ...claims, email: `${String(claims['sub'])}@example.com` };
      const browser = new Browser(api);
      expect(await browser.signOn(provider, organization)).toBe('/system');
      return browser.token ?? '';
    }

    async function areIn(api: TestApi, tokens: readonly string[]): Promise<boolean[]> {
      const answers = await Promise.all(tokens.map((token) => api.request('/api/Authentication', { token })));
      return answers.map(({ status }) => status === 200);
    }

    describe('a logout token', () => {
      test.each([
        ['sid', { sid: 'one' }, [false, true, true, true]],
        ['sub', { sub: 'ada' }, [false, false, true, true]],
        ['both', { sub: 'ada', sid: 'two' }, [true, false, true, true]],
        ['both, that do not belong together', { sub: 'ada', sid: 'three' }, [true, true, true, true]],
        ['a sub that nobody has', { sub: 'nobody' }, [true, true, true, true]],
      ])('with %s ends exactly those sessions', async (_, who, expected) => {
        const api = current();
        const { organization, token } = await withProvider(api, provider);
        const tokens = [
          await come(api, organization, { sub: 'ada', sid: 'one' }),
          await come(api, organization, { sub: 'ada', sid: 'two' }),
          await come(api, organization, { sub: 'grace', sid: 'three' }),
          (await api.signIn(await api.createUser(organization))).token,
        ];
        expect(await areIn(api, tokens)).toEqual([true, true, true, true]);
        const answer = await logOut(api, organization.organizationId, await provider.logoutToken(who, now));
        expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store']);
        expect(await answer.json()).toEqual({ endedSessions: expected.filter((isIn) => !isIn).length });
        expect(await areIn(api, tokens)).toEqual(expected);
        const { events } = await bodyOf(await api.request('/api/AuditEvents?pageSize=100', { token }), AuditEventList);
        expect(events.find(({ action }) => action === 'provider-logout')?.details).toMatchObject({
          issuer: provider.issuer,
          endedSessions: expected.filter((isIn) => !isIn).length,
        });
        const ended = events.filter(({ action }) => action === 'session-ended');
        expect(ended.map(({ details }) => details?.['endReason'])).toEqual(ended.map(() => 'signed-out'));
      });

      test('tells the holder that the session was signed out, by nobody here', async () => {
        const api = current();
        const { organization } = await withProvider(api, provider);
        const token = await come(api, organization, { sub: 'ada' });
        await logOut(api, organization.organizationId, await provider.logoutToken({ sub: 'ada' }, now));
        const problem = await problemOf(await api.request('/api/Authentication', { token }));
        expect(problem).toMatchObject({ code: 'session-ended', endReason: 'signed-out', endedBy: 'service' });
      });

      test('is good once, also of two at once; whoever comes in afterwards stays', async () => {
        const api = current();
        const { organization } = await withProvider(api, provider);
        await come(api, organization, { sub: 'ada' });
        const token = await provider.logoutToken({ sub: 'ada' }, now);
        const two = await Promise.all([1, 2].map(() => logOut(api, organization.organizationId, token)));
        expect(two.map(({ status }) => status).toSorted()).toEqual([200, 400]);
        const later = await come(api, organization, { sub: 'ada' });
        const again = await logOut(api, organization.organizationId, token);
        expect((await problemOf(again)).code).toBe('logout-token-not-valid');
        expect(again.headers.get('cache-control')).toBe('no-store');
        expect(await areIn(api, [later])).toEqual([true]);
      });

      test('of another organization with the same provider ends nothing here', async () => {
        const api = current();
        const [ours, theirs] = [await withProvider(api, provider), await withProvider(api, provider)];
        const token = await come(api, ours.organization, { sub: 'ada' });
        await logOut(api, theirs.organization.organizationId, await provider.logoutToken({ sub: 'ada' }, now));
        expect(await areIn(api, [token])).toEqual([true]);
      });

      test('of a provider that took the place of another ends nothing that came in through that', async () => {
        const api = current();
        const { organization, token } = await withProvider(api, provider);
        const tokens = [await come(api, organization, { sub: 'ada', sid: 'one' })];
        await using newer = await TestProvider.start();
        expect((await choose(api, token, { issuer: newer.issuer })).status).toBe(200);
        for (const who of [{ sub: 'ada' }, { sid: 'one' }]) {
          expect((await logOut(api, organization.organizationId, await newer.logoutToken(who, now))).status).toBe(200);
        }
        const former = await provider.logoutToken({ sub: 'ada' }, now);
        expect((await logOut(api, organization.organizationId, former)).status).toBe(400);
        expect(await areIn(api, tokens)).toEqual([true]);
      });

      test('signed with a new key is good at once, with a former one no longer', async () => {
        const api = current();
        const { organization } = await withProvider(api, provider);
        const send = async (token: string) => (await logOut(api, organization.organizationId, token)).status;
        expect(await send(await provider.logoutToken({ sub: 'ada' }, now))).toBe(200);
        const former = await provider.rotate();
        expect(await send(await provider.logoutToken({ sub: 'ada' }, now))).toBe(200);
        const old = provider.signed(provider.logoutClaims({ sub: 'ada' }, now), { key: former, typ: 'logout+jwt' });
        expect(await send(await old)).toBe(400);
      });

      test.each<[string, Claims, string | undefined]>([
        ['of another issuer', { iss: 'https://login.example.com' }, 'logout+jwt'],
        ['for another audience', { aud: 'somebody-else' }, 'logout+jwt'],
        ['that has expired', { exp: seconds - 60 }, 'logout+jwt'],
        ['without an end', { exp: undefined }, 'logout+jwt'],
        ['without a beginning', { iat: undefined }, 'logout+jwt'],
        ['from tomorrow', { iat: seconds + 86_400, exp: seconds + 90_000 }, 'logout+jwt'],
        ['without an id', { jti: undefined }, 'logout+jwt'],
        ['about nobody', { sub: undefined }, 'logout+jwt'],
        ['without the event', { events: {} }, 'logout+jwt'],
        ['with the event as a text', { events: { [logoutEvent]: 'yes' } }, 'logout+jwt'],
        ['with a nonce', { nonce: 'x' }, 'logout+jwt'],
        ['that is an ID token', { events: undefined, nonce: 'x' }, 'JWT'],
        ['of the type of another token', {}, 'at+jwt'],
        ['about somebody whose name holds a NUL', { sub: 'a\u0000' }, 'logout+jwt'],
      ])('%s is refused', async (_, claims, typ) => {
        const api = current();
        const { organization } = await withProvider(api, provider);
        const token = await come(api, organization, { sub: 'ada' });
        const wrong = JSON.parse(JSON.stringify(provider.logoutClaims({ sub: 'ada', ...claims }, now)));
        const answer = await logOut(api, organization.organizationId, await provider.signed(wrong, { typ }));
        expect((await problemOf(answer)).code).toBe('logout-token-not-valid');
        expect(answer.headers.get('cache-control')).toBe('no-store');
        expect(await areIn(api, [token])).toEqual([true]);
      });

      test.each([undefined, 'JWT', 'application/logout+jwt'])('may be of the type %s', async (typ) => {
        const api = current();
        const { organization } = await withProvider(api, provider);
        const token = await provider.signed(provider.logoutClaims({ sub: 'ada' }, now), { typ });
        expect((await logOut(api, organization.organizationId, token)).status).toBe(200);
      });

      test('whose signature is not there or not the provider’s is refused', async () => {
        const api = current();
        const { organization } = await withProvider(api, provider);
        provider.metadata = { id_token_signing_alg_values_supported: ['none', 'HS256', 'ES256'] };
        const claims = provider.logoutClaims({ sub: 'ada' }, now);
        const part = (json: object) => Buffer.from(JSON.stringify(json)).toString('base64url');
        const unsigned = `${part({ alg: 'none', typ: 'logout+jwt' })}.${part(claims)}.`;
        await using another = await TestProvider.start();
        const byAnother = await another.signed(claims, { typ: 'logout+jwt' });
        for (const token of [unsigned, byAnother, 'e30', 'e30.e30.', '.'.repeat(5)]) {
          const answer = await logOut(api, organization.organizationId, token);
          expect((await problemOf(answer)).code, token).toBe('logout-token-not-valid');
        }
      });

      test('of no provider that is known asks nobody', async () => {
        const api = current();
        const without = await api.createOrganization();
        const { organization } = await withProvider(api, provider);
        provider.asked.length = 0;
        const ours = await provider.logoutToken({ sub: 'ada' }, now);
        const theirs = await provider.logoutToken({ sub: 'ada', iss: 'https://login.example.com' }, now);
        expect((await logOut(api, without.organizationId, ours)).status).toBe(400);
        expect((await logOut(api, crypto.randomUUID(), ours)).status).toBe(400);
        expect((await logOut(api, organization.organizationId, theirs)).status).toBe(400);
        expect(provider.asked).toEqual([]);
      });

      test('is good also while nobody can come in any more', async () => {
        const api = current();
        const { organization, token } = await withProvider(api, provider);
        const held = await come(api, organization, { sub: 'ada' });
        await choose(api, token, { issuer: provider.issuer, isEnabled: false });
        await logOut(api, organization.organizationId, await provider.logoutToken({ sub: 'ada' }, now));
        expect(await areIn(api, [held])).toEqual([false]);
      });
    });

    describe('signing out there, too', () => {
      const address = async (api: TestApi, token: string) =>
        (await bodyOf(await api.request('/api/SingleSignOn/SignOut', { token }), ProviderSignOut)).url;

      test('leads to the provider and back to the organization’s sign-in page', async () => {
        const api = current();
        const { organization } = await withProvider(api, provider);
        const url = new URL((await address(api, await come(api, organization, { sub: 'ada' }))) ?? '');
        expect(url.origin + url.pathname).toBe(`${provider.issuer}/end-session`);
        expect(Object.fromEntries(url.searchParams)).toEqual({
          client_id: clientId,
          logout_hint: 'ada@example.com',
          post_logout_redirect_uri: `${ownOrigin}/sign-in/${organization.slug}?reason=signed-out`,
        });
      });

      test('leads nowhere for a password, without such an address, and while the provider is down', async () => {
        const api = current();
        const { organization, token: byPassword, token } = await withProvider(api, provider);
        expect(await address(api, byPassword)).toBeUndefined();
        const held = await come(api, organization, { sub: 'ada' });
        provider.metadata = { end_session_endpoint: undefined };
        expect(await address(api, held)).toBeUndefined();
        provider.answer = (_, response) => {
          response.destroy();
          return true;
        };
        expect(await address(api, held)).toBeUndefined();
        await api.request('/api/IdentityProvider', { method: 'DELETE', token });
        expect(await address(api, held)).toBeUndefined();
      });
    });
  },
  { fetch: (...request) => globalThis.fetch(...request) },
);
