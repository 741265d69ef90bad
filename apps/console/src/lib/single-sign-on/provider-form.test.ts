import { expect, test } from 'vitest';
import { fieldsFrom, readProviderForm, readTexts } from './provider-form.ts';
import { textsOf } from './provider-texts.ts';

const usual = { issuer: 'https://login.example.com', clientId: 'rollcall', scopes: 'openid email', isEnabled: 'on' };

function formOf(fields: Readonly<Record<string, string>>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries({ ...usual, ...fields })) form.append(name, value);
  return form;
}

const read = (fields: Readonly<Record<string, string>>) => readProviderForm(formOf(fields));

test('reads what the form for a provider sends', () => {
  const fields = {
    clientSecret: ' as it is ',
    emailDomains: '@Example.com, example.org\nexample.net',
    groupClaim: 'groups',
    administratorGroups: 'Rollcall Admins\r\n\r\n CN=Admins,OU=Groups \n',
  };
  expect(read(fields)).toEqual({
    request: {
      issuer: 'https://login.example.com',
      clientId: 'rollcall',
      clientSecret: ' as it is ',
      scopes: ['openid', 'email'],
      emailDomains: ['example.com', 'example.org', 'example.net'],
      groupClaim: 'groups',
      administratorGroups: ['Rollcall Admins', 'CN=Admins,OU=Groups'],
      isEnabled: true,
    },
  });
});

test('a secret that is not entered stays, unless the client has none', () => {
  expect(read({ clientSecret: '' })).toEqual({
    request: expect.not.objectContaining({ clientSecret: expect.anything() }),
  });
  expect(read({ hasNoSecret: 'on' })).toMatchObject({ request: { clientSecret: null } });
  expect(read({ hasNoSecret: 'on', clientSecret: 'entered' })).toMatchObject({ request: { clientSecret: 'entered' } });
});

test('takes the address of the document for that of the provider', () => {
  const issuer = 'https://login.example.com/realm/.well-known/openid-configuration';
  expect(read({ issuer })).toMatchObject({ request: { issuer: 'https://login.example.com/realm' } });
});

test.each([
  [{ issuer: 'login.example.com' }, 'issuer', 'Enter an https address'],
  [{ clientId: '  ' }, 'clientId', '1 to 300'],
  [{ scopes: 'email' }, 'scopes', 'Have openid'],
  [{ emailDomains: 'example.com, nowhere, neither' }, 'emailDomains', '“nowhere” is no domain'],
  [{ administratorGroups: 'admins' }, 'groupClaim', 'Enter the claim'],
])('%j is refused, beside the field', (fields, wrong, told) => {
  expect(read(fields)).toEqual({ fields: { [wrong]: expect.stringContaining(told) } });
});

test('shows a provider as it was entered', () => {
  const fields = {
    hasNoSecret: 'on',
    emailDomains: 'example.com example.org',
    groupClaim: 'groups',
    administratorGroups: 'Rollcall Admins\nCN=Admins,OU=Groups',
  };
  const read = readProviderForm(formOf(fields));
  if (!('request' in read)) throw new Error('it was refused');
  const { clientSecret, ...asked } = read.request;
  const provider = {
    ...{ emailDomains: [], groupClaim: null, administratorGroups: [], scopes: [], isEnabled: false },
    ...asked,
    ...{ hasClientSecret: clientSecret !== null, trustedWith: [], changedAt: '2026-11-23T09:42:19.000Z' },
  };
  expect(textsOf(provider)).toEqual(readTexts(formOf(fields)));
});

test('says of what the API refuses what to do about it', () => {
  const errors = [
    { field: 'issuer', message: 'cannot be reached, or answers no discovery document' },
    { field: 'clientSecret', message: 'must be given for a client that is new here; null for a client without one' },
  ];
  expect(fieldsFrom(errors)).toEqual({
    issuer: 'The provider cannot be reached, or answers no discovery document.',
    clientSecret: 'Enter the secret of this client, or say that it has none.',
  });
});
