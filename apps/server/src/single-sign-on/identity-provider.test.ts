import { AuditEventList } from '@rollcall/core/schema/audit';
import { IdentityProviderAnswer } from '@rollcall/core/schema/identity-provider';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { bodyOf, onEachEngine, ownOrigin, problemOf, TestApi } from '../../test/api.ts';
import { Browser, choose, errorOf, withProvider } from '../../test/signing-on.ts';
import { clientSecret, TestProvider } from '../../test/test-provider.ts';
import { forgetSpent } from './spend-token.ts';

let provider: TestProvider;
beforeAll(async () => {
  provider = await TestProvider.start();
});
beforeEach(() => provider.behave());
afterAll(() => provider[Symbol.asyncDispose]());

const path = '/api/IdentityProvider';
const reaching = {
  fetch: (...request: Parameters<typeof fetch>) => globalThis.fetch(...request),
  providerPatienceMs: 400,
};

async function read(api: TestApi, token: string): Promise<IdentityProviderAnswer> {
  return await bodyOf(await api.request(path, { token }), IdentityProviderAnswer);
}

onEachEngine((current) => {
  test('there is none until one is chosen, and what it has to be told is known before', async () => {
    const api = current();
    const { token, organization } = await api.administrator();
    const { organizationId, slug } = organization;
    expect(await read(api, token)).toEqual({
      addresses: {
        callbackUrl: `${ownOrigin}/api/SingleSignOn/Callback`,
        signedOutUrl: `${ownOrigin}/sign-in/${slug}?reason=signed-out`,
        backChannelLogoutUrl: `${ownOrigin}/api/SingleSignOn/Logout/${organizationId}`,
      },
    });
    expect((await problemOf(await api.request(path, { method: 'DELETE', token }))).code).toBe('not-found');
  });

  test('it is kept as it was chosen, and its secret is read by nobody: not back, not in the database, not in the audit', async () => {
    const api = current();
    const chosen = { groupClaim: 'groups', administratorGroups: ['admins'], emailDomains: ['Example.COM'] };
    const { token, identityProvider, organization } = await withProvider(api, provider, chosen);
    expect(identityProvider).toEqual({
      ...{
        issuer: provider.issuer,
        clientId: 'rollcall',
        hasClientSecret: true,
        scopes: ['openid', 'email', 'profile'],
      },
      ...{ groupClaim: 'groups', administratorGroups: ['admins'], emailDomains: ['example.com'], isEnabled: true },
      trustedWith: ['users:manage', 'audit:read', 'integrations:manage', 'sessions:verify'],
      changedAt: api.now,
    });
    expect((await read(api, token)).identityProvider).toEqual(identityProvider);
    const { organizationId } = organization;
    const row = await api.database.inOrganization(organizationId, (tx) =>
      tx.selectFrom('identity_providers').selectAll().executeTakeFirstOrThrow(),
    );
    expect(JSON.stringify(row) + row.sealed_client_secret?.toString('latin1')).not.toContain(clientSecret);
    const { events } = await bodyOf(await api.request('/api/AuditEvents', { token }), AuditEventList);
    expect(events.find(({ action }) => action === 'provider-changed')?.details).toMatchObject({ hasNewSecret: true });
    expect(JSON.stringify(events)).not.toContain('secret of');
  });

  test('a secret that is left out stays; for another client or another provider it has to be given again', async () => {
    const api = current();
    const { token, organization } = await withProvider(api, provider);
    expect((await choose(api, token, { issuer: provider.issuer, clientSecret: undefined })).status).toBe(200);
    expect(errorOf(await new Browser(api).signOn(provider, organization))).toBeNull();
    await using other = await TestProvider.start();
    for (const chosen of [{ clientId: 'another' }, { issuer: other.issuer }]) {
      const answer = await choose(api, token, { issuer: provider.issuer, clientSecret: undefined, ...chosen });
      expect(await problemOf(answer)).toMatchObject({
        code: 'invalid',
        errors: [{ in: 'body', field: 'clientSecret' }],
      });
    }
    await choose(api, token, { issuer: provider.issuer, clientSecret: null });
    expect((await read(api, token)).identityProvider?.hasClientSecret).toBe(false);
  });

  test('with a new ROLLCALL_SECRET the former opens the secret still; without it, it has to be given again', async () => {
    const api = current();
    const { token, organization } = await withProvider(api, provider);
    const former = 'a secret of at least thirty-two characters';
    const newer = 'another secret of thirty-two characters';
    const under = (...secrets: [string, ...string[]]) => new TestApi(api.database, { ...reaching, secrets });
    expect(errorOf(await new Browser(under(newer, former)).signOn(provider, organization))).toBeNull();
    expect(errorOf(await new Browser(under(newer)).leave(organization))).toBe('provider-error');
    const renewed = under(newer, former);
    await choose(renewed, token, { issuer: provider.issuer });
    expect(errorOf(await new Browser(under(newer)).signOn(provider, organization))).toBeNull();
  });

  test.each([
    ['that nobody listens at', 'http://127.0.0.1:1', /cannot be reached/],
    ['without a discovery document', () => `${provider.issuer}/nothing`, /cannot be reached/],
    ['that is another', () => provider.issuer.replace('127.0.0.1', 'localhost'), /says that it is/],
    ['of plain http elsewhere', 'http://login.example.com', /https/],
    ['with a query', 'https://login.example.com?tenant=1', /https/],
    ['with a password', 'https://ada:secret@login.example.com', /https/],
    ['of another protocol', 'file:///etc/passwd', /https/],
  ])('an issuer %s is refused by name, and nothing is changed', async (_, issuer, message) => {
    const api = current();
    const { token } = await withProvider(api, provider);
    const before = await read(api, token);
    const answer = await choose(api, token, { issuer: typeof issuer === 'string' ? issuer : issuer() });
    const { code, errors = [] } = await problemOf(answer);
    expect([code, errors.map(({ field }) => field)]).toEqual(['invalid', ['issuer']]);
    expect(errors[0]?.message).toMatch(message);
    expect(await read(api, token)).toEqual(before);
  });

  test('a provider that leads to plain http or elsewhere is refused', async () => {
    const api = current();
    const { token } = await api.administrator();
    for (const metadata of [
      { token_endpoint: 'http://169.254.169.254/latest/meta-data' },
      { jwks_uri: 'http://10.0.0.1/' },
      { authorization_endpoint: 'javascript:alert(1)' },
      { end_session_endpoint: 'data:text/html,x' },
      { userinfo_endpoint: 'https://ada:secret@login.example.com/' },
    ]) {
      provider.metadata = metadata;
      const { errors = [] } = await problemOf(await choose(api, token, { issuer: provider.issuer }));
      expect(
        errors.map(({ field }) => field),
        JSON.stringify(metadata),
      ).toEqual(['issuer']);
    }
  });

  test('plain http is for a service that is itself on one’s own machine', async () => {
    const api = new TestApi(current().database, { ...reaching, publicUrl: new URL('https://rollcall.example.com') });
    const { token } = await api.administrator();
    const { errors = [] } = await problemOf(await choose(api, token, { issuer: provider.issuer }));
    expect(errors[0]?.message).toMatch('must be https');
    expect(provider.asked).toEqual([]);
  });

  test.each([
    [{ scopes: ['email'] }, 'scopes'],
    [{ scopes: ['openid', 'a b'] }, 'scopes.1'],
    [{ emailDomains: ['ada@example.com'] }, 'emailDomains.0'],
    [{ emailDomains: ['*'] }, 'emailDomains.0'],
    [{ administratorGroups: ['admins'] }, 'groupClaim'],
    [{ clientId: '' }, 'clientId'],
    [{ trustedWith: ['users:manage'] }, 'trustedWith'],
  ])('%j is refused before the provider is asked', async (wrong, field) => {
    const api = current();
    const { token } = await api.administrator();
    const problem = await problemOf(await choose(api, token, { issuer: provider.issuer, ...wrong }));
    expect(problem.errors?.map((error) => error.field)).toEqual([field]);
    expect(provider.asked).toEqual([]);
  });

  test('it is nobody’s in another organization, and who is removed lets nobody in', async () => {
    const api = current();
    const { token, organization, identityProvider } = await withProvider(api, provider);
    const stranger = await api.administrator();
    expect((await read(api, stranger.token)).identityProvider).toBeUndefined();
    const removed = await api.request(path, { method: 'DELETE', token });
    expect((await bodyOf(removed, IdentityProviderAnswer)).identityProvider).toEqual(identityProvider);
    expect((await read(api, token)).identityProvider).toBeUndefined();
    expect(errorOf(await new Browser(api).leave(organization))).toBe('not-offered');
  });

  test('what was spent is forgotten when it would be refused anyway', async () => {
    const api = current();
    const { organization } = await withProvider(api, provider);
    await new Browser(api).signOn(provider, organization);
    const spent = () =>
      api.database.inOrganization(organization.organizationId, (tx) =>
        tx.selectFrom('spent_tokens').select('kind').execute(),
      );
    api.pass(600);
    await forgetSpent(api.database, api.now);
    expect(await spent()).toHaveLength(1);
    api.pass(1);
    await forgetSpent(api.database, api.now);
    expect(await spent()).toEqual([]);
  });
}, reaching);
