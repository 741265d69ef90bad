import { describe, expect, test } from 'vitest';
import { EmailDomain, IdentityProviderRequest, Issuer } from './identity-provider.ts';

test.each([
  'https://login.example.com',
  'https://login.example.com:8443/realms/acme/',
  'http://localhost',
  'http://localhost:4500/oidc',
  'http://127.0.0.1:4500',
  'http://[::1]:4500',
])('%s is an issuer', (text) => {
  expect(Issuer.parse(text)).toBe(text);
});

test.each([
  'http://login.example.com',
  'http://localhost.evil.test',
  'http://localhost@evil.test',
  'http://127.0.0.1.evil.test',
  'https://ada:secret@login.example.com',
  'https://login.example.com?a=1',
  'https://login.example.com/#a',
  'https://login.example.com\\@evil.test',
  'https://login.example.com/a b',
  'https://',
  'login.example.com',
  'ftp://login.example.com',
])('%s is none', (text) => {
  expect(Issuer.safeParse(text).success).toBe(false);
});

test('a domain is kept in lower case', () => {
  expect(EmailDomain.parse(' Example.COM ')).toBe('example.com');
  for (const text of ['', 'com', '*', '*@example.com', '@example.com', 'example..com', '.example.com', 'a b.com']) {
    expect(EmailDomain.safeParse(text).success, text).toBe(false);
  }
});

describe('a request', () => {
  const request = { issuer: 'https://login.example.com', clientId: 'rollcall' };

  test('asks for what most providers need, and lets nobody in who is not invited', () => {
    expect(IdentityProviderRequest.parse(request)).toEqual({
      ...request,
      ...{ scopes: ['openid', 'email', 'profile'], emailDomains: [], groupClaim: null, administratorGroups: [] },
      isEnabled: true,
    });
  });

  test.each([
    [{ scopes: ['email'] }, 'scopes'],
    [{ scopes: [] }, 'scopes'],
    [{ administratorGroups: ['admins'] }, 'groupClaim'],
    [{ clientSecret: '' }, 'clientSecret'],
    [{ trustedWith: [] }, ''],
  ])('with %j is refused', (wrong, member) => {
    const { error } = IdentityProviderRequest.safeParse({ ...request, ...wrong });
    expect(error?.issues.map(({ path }) => path.join('.'))).toContain(member);
  });
});
