/** A provider that lies, stumbles or has been taken over; and what is told of it. */
import { generateKeyPairSync } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { AuditEventList } from '@rollcall/core/schema/audit';
import { base64url, SignJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { bodyOf, onEachEngine } from '../../test/api.ts';
import { Browser, errorOf, locationOf, withProvider } from '../../test/signing-on.ts';
import { type Claims, clientId, clientSecret, TestProvider } from '../../test/test-provider.ts';

let provider: TestProvider;
beforeAll(async () => {
  provider = await TestProvider.start();
});
beforeEach(() => provider.behave());
afterAll(() => provider[Symbol.asyncDispose]());

const seconds = () => Math.floor(Date.now() / 1000);

function unsigned(claims: Claims, header: Claims): string {
  const part = (json: Claims) => base64url.encode(JSON.stringify(json));
  return `${part(header)}.${part(claims)}.`;
}

function signedWithTheSecret(claims: Claims): Promise<string> {
  return new SignJWT({ ...claims }).setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode(clientSecret));
}

async function signedByAnother(claims: Claims): Promise<string> {
  const key = await provider.rotate();
  return await provider.signed(claims, { key });
}

function embeddingItsKey(claims: Claims): Promise<string> {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const header = { alg: 'ES256', kid: 'mine', jwk: publicKey.export({ format: 'jwk' }) };
  return new SignJWT({ ...claims }).setProtectedHeader(header).sign(privateKey);
}

function instead(of: string, answer: (response: ServerResponse) => unknown): void {
  provider.answer = (path, response) => {
    if (path !== of) return false;
    answer(response);
    return true;
  };
}

const discovery = '/.well-known/openid-configuration';

onEachEngine(
  (current) => {
    describe('an ID token', () => {
      test.each<[string, () => Claims]>([
        ['of another issuer', () => ({ iss: 'https://login.example.com' })],
        ['for another audience', () => ({ aud: 'somebody-else' })],
        ['for several audiences, authorized for another', () => ({ aud: [clientId, 'x'], azp: 'x' })],
        ['with another nonce', () => ({ nonce: 'x'.repeat(43) })],
        ['without a nonce', () => ({ nonce: undefined })],
        ['that has expired', () => ({ exp: seconds() - 60, iat: seconds() - 120 })],
        ['without an end', () => ({ exp: undefined })],
        ['about nobody', () => ({ sub: undefined })],
        ['about somebody whose name holds a NUL', () => ({ sub: 'a\u0000da' })],
        ['whose subject is a number', () => ({ sub: 7 })],
      ])('%s lets nobody in', async (_, claims) => {
        const api = current();
        const { organization } = await withProvider(api, provider);
        provider.claims = claims();
        const browser = new Browser(api);
        expect(errorOf(await browser.signOn(provider, organization))).toBe('not-valid');
        expect(browser.token).toBeUndefined();
      });

      test.each<[string, (claims: Claims) => Promise<string> | string]>([
        ['with alg none', (claims) => unsigned(claims, { alg: 'none' })],
        ['with alg NONE', (claims) => unsigned(claims, { alg: 'NONE' })],
        ['without a signature', (claims) => unsigned(claims, { alg: 'ES256' })],
        ['signed with the client’s own secret', signedWithTheSecret],
        ['signed with a key that the provider has not', signedByAnother],
        ['that brings its own key', embeddingItsKey],
        ['that is no token', () => 'e30'],
      ])('%s lets nobody in', async (_, sign) => {
        const api = current();
        const { organization } = await withProvider(api, provider);
        provider.metadata = { id_token_signing_alg_values_supported: ['ES256', 'HS256', 'none', 'NONE'] };
        provider.sign = sign;
        expect(errorOf(await new Browser(api).signOn(provider, organization))).toBe('not-valid');
      });

      test('signed with a new key is good at once', async () => {
        const api = current();
        const { organization } = await withProvider(api, provider);
        expect(errorOf(await new Browser(api).signOn(provider, organization))).toBeNull();
        await provider.rotate();
        expect(errorOf(await new Browser(api).signOn(provider, organization))).toBeNull();
      });

      test('is believed when the claims beside it are not: those are left out', async () => {
        const api = current();
        const { organization } = await withProvider(api, provider);
        provider.claims = { amr: ['pwd', 7], acr: 'a\u0000b', auth_time: 1e300, sid: undefined };
        expect(errorOf(await new Browser(api).signOn(provider, organization))).toBeNull();
      });
    });

    test('userinfo about somebody else lets nobody in', async () => {
      const api = current();
      const { organization } = await withProvider(api, provider);
      provider.claims = { email: undefined };
      provider.userinfo = { sub: 'eve', email: 'ada@example.com', email_verified: true };
      expect(errorOf(await new Browser(api).signOn(provider, organization))).toBe('not-valid');
    });

    test('an answer in the name of another provider is refused before its code is used', async () => {
      const api = current();
      const { organization } = await withProvider(api, provider);
      const browser = new Browser(api);
      const back = provider.authorize(await browser.leave(organization), { iss: 'https://login.example.com' });
      provider.asked.length = 0;
      expect(errorOf(locationOf(await browser.go(back)))).toBe('not-valid');
      expect(provider.asked).toEqual([discovery]);
    });

    test('a document that has become another provider’s sends nobody away', async () => {
      const api = current();
      const { organization } = await withProvider(api, provider);
      provider.metadata = { issuer: 'https://login.example.com' };
      expect(errorOf(await new Browser(api).leave(organization))).toBe('not-valid');
      provider.metadata = { authorization_endpoint: 'http://login.example.com/authorize' };
      expect(errorOf(await new Browser(api).leave(organization))).toBe('provider-error');
    });

    test.each([
      [{ error: 'access_denied', error_description: '<b>no</b>' }, 'denied'],
      [{ error: 'login_required' }, 'denied'],
      [{ error: 'temporarily_unavailable' }, 'unavailable'],
      [{ error: 'unauthorized_client' }, 'provider-error'],
      [{ error: '<script>' }, 'provider-error'],
    ])('an answer %j is told as %s', async (answer, error) => {
      const api = current();
      const { organization, token } = await withProvider(api, provider);
      const browser = new Browser(api);
      const back = provider.authorize(await browser.leave(organization), answer);
      expect(locationOf(await browser.go(back))).toBe(`/sign-in/${organization.slug}?error=${error}&next=%2Fsystem`);
      const { events } = await bodyOf(await api.request('/api/AuditEvents', { token }), AuditEventList);
      const refused = { action: 'sign-in', outcome: 'refused', reason: 'sign-in-failed', details: { because: error } };
      expect(events).toContainEqual(
        expect.objectContaining({ ...refused, details: expect.objectContaining(refused.details) }),
      );
      expect(api.logged.slice(-3).join('')).toContain(`"because":"${error}"`);
    });

    test('nobody fills the audit trail by coming back with nothing', async () => {
      const api = current();
      const { organization, token } = await withProvider(api, provider);
      for (let count = 0; count < 22; count += 1) {
        const browser = new Browser(api);
        await browser.go(provider.authorize(await browser.leave(organization), { error: 'access_denied' }));
      }
      const events = async () =>
        (await bodyOf(await api.request('/api/AuditEvents?pageSize=100', { token }), AuditEventList)).events;
      expect((await events()).filter(({ outcome }) => outcome === 'refused')).toHaveLength(20);
      api.pass(60);
      const browser = new Browser(api);
      await browser.go(provider.authorize(await browser.leave(organization), { error: 'access_denied' }));
      expect((await events()).filter(({ outcome }) => outcome === 'refused')).toHaveLength(21);
    });

    test('a secret that the provider does not take is told apart from a provider that is down', async () => {
      const api = current();
      const { organization } = await withProvider(api, provider, { clientSecret: 'wrong' });
      expect(errorOf(await new Browser(api).signOn(provider, organization))).toBe('provider-error');
    });

    describe.each([discovery, '/token', '/jwks'])('%s', (path) => {
      test.each<[string, (response: ServerResponse) => unknown]>([
        ['answers nothing at all', () => undefined],
        ['hangs up', (response) => response.destroy()],
        ['fails', (response) => response.writeHead(502).end('<h1>Bad gateway</h1>')],
        ['leads elsewhere', (response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end()],
        [
          'answers a page',
          (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Hello</h1>'),
        ],
        ['answers half of it, and stops', (response) => response.writeHead(200).write('{"issuer":')],
        ['answers without an end', endlessly],
      ])('that %s lets nobody in, and is told within the patience', async (_, answer) => {
        const api = current();
        const { organization } = await withProvider(api, provider);
        instead(path, answer);
        const begun = performance.now();
        const browser = new Browser(api);
        const location = await browser.leave(organization);
        const end = errorOf(location) ? location : locationOf(await browser.go(provider.authorize(location)));
        expect(['unavailable', 'not-valid']).toContain(errorOf(end));
        expect(browser.token).toBeUndefined();
        expect(performance.now() - begun).toBeLessThan(5000);
      });
    });

    test('where nobody listens, it is told that the provider cannot be reached, and passwords are good', async () => {
      const api = current();
      const own = await TestProvider.start();
      const { organization, user } = await withProvider(api, own);
      await own[Symbol.asyncDispose]();
      const location = await new Browser(api).leave(organization);
      expect(location).toBe(`/sign-in/${organization.slug}?error=unavailable&next=%2Fsystem`);
      expect((await api.signIn(user)).token).toMatch(/^rct_/);
    });
  },
  { fetch: (...request) => globalThis.fetch(...request), providerPatienceMs: 400 },
);

// As long as somebody reads.
function endlessly(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  const chunk = ' '.repeat(64 * 1024);
  const more = () => {
    while (!response.destroyed && response.write(chunk));
  };
  response.on('drain', more);
  more();
}
