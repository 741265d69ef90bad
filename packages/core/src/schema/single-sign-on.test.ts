import { expect, test } from 'vitest';
import {
  BackChannelLoggedOut,
  BackChannelLogout,
  ProviderSignOut,
  SignInMethods,
  SignInMethodsQuery,
  SignOnError,
  SignOnQuery,
} from './single-sign-on.ts';

test('whoever signs on comes back to the first page, unless they wanted to go elsewhere', () => {
  expect(SignOnQuery.parse({})).toEqual({ returnTo: '/' });
  expect(SignOnQuery.parse({ organization: 'acme', returnTo: '/system' })).toEqual({
    organization: 'acme',
    returnTo: '/system',
  });
});

test.each([{ organization: 'Not A Slug' }, { returnTo: `/${'x'.repeat(1500)}` }, { next: '/' }])(
  '%j is no way to sign on',
  (query) => {
    expect(SignOnQuery.safeParse(query).success).toBe(false);
  },
);

test('ways to sign in are asked for by organization alone, and are known ones', () => {
  expect(SignInMethodsQuery.parse({ organization: 'acme' })).toEqual({ organization: 'acme' });
  expect(SignInMethodsQuery.safeParse({ returnTo: '/' }).success).toBe(false);
  expect(SignInMethods.parse({ methods: ['password', 'sso'] }).methods).toHaveLength(2);
  expect(SignInMethods.safeParse({ methods: ['magic'] }).success).toBe(false);
});

test('every error is described', () => {
  const { description = '' } = SignOnError.meta() ?? {};
  for (const error of SignOnError.options) expect(description).toContain(`\`${error}\`:`);
});

test('there need not be anywhere to sign out', () => {
  expect(ProviderSignOut.parse({})).toEqual({});
  expect(ProviderSignOut.safeParse({ url: 'elsewhere' }).success).toBe(false);
});

test('what a provider adds to its logout token is passed over, and without one there is nothing to do', () => {
  expect(BackChannelLogout.parse({ logout_token: 'eyJ', extra: 'x' })).toEqual({ logout_token: 'eyJ' });
  expect(BackChannelLogout.safeParse({}).success).toBe(false);
  expect(BackChannelLogout.safeParse({ logout_token: '' }).success).toBe(false);
  expect(BackChannelLoggedOut.parse({ endedSessions: 2 })).toEqual({ endedSessions: 2 });
});
