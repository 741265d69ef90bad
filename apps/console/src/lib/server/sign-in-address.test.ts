import { describe, expect, test } from 'vitest';
import { pathAfterSignIn, signInAddress } from './sign-in-address.ts';

describe('signInAddress', () => {
  test('is as short as can be', () => {
    expect(signInAddress()).toBe('/sign-in');
    expect(signInAddress({ next: '/' })).toBe('/sign-in');
  });

  test('names the organization, the reason and the way back', () => {
    const next = '/system/user-sessions?search=a&page=2';
    const address = new URL(signInAddress({ organization: 'acme', reason: 'terminated', next }), 'http://localhost');
    expect(address.pathname).toBe('/sign-in/acme');
    expect(Object.fromEntries(address.searchParams)).toEqual({ reason: 'terminated', next });
  });
});

describe('pathAfterSignIn', () => {
  test.each(['/system/user-sessions', '/system/user-sessions?search=a%20b&page=2', '/x/../system?q=//example.com'])(
    'leads to a path of this site: %s',
    (next) => {
      expect(pathAfterSignIn(next)).toBe(next.replace('/x/..', ''));
    },
  );

  test.each([
    null,
    '',
    'system',
    'https://example.com/',
    '//example.com/',
    '///example.com/',
    '/\\example.com/',
    '/\t/example.com/',
    '/.//example.com/',
    '/x/..//example.com/',
    'javascript:alert(1)',
    '\\\\example.com',
    ' //example.com',
  ])('leads nowhere else: %j', (next) => {
    expect(pathAfterSignIn(next)).toBe('/');
  });

  test.each(['/sign-in', '/sign-in/acme?next=/', '/sign-out'])('does not go round in circles: %s', (next) => {
    expect(pathAfterSignIn(next)).toBe('/');
  });

  test.each(['/api/UserRequestExport', '/api', '/x/../api/UserRequestExport?format=csv', '/API/../api/x'])(
    'leads to pages, and does nothing by itself: %s',
    (next) => {
      expect(pathAfterSignIn(next)).toBe('/');
    },
  );

  test('a page whose name begins like the API is one', () => {
    expect(pathAfterSignIn('/apiary')).toBe('/apiary');
  });

  test('leaves the fragment out, which never reaches a server', () => {
    expect(pathAfterSignIn('/system#x')).toBe('/system');
  });
});
