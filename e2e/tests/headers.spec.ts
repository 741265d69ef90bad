import { type APIRequestContext, request as requests } from '@playwright/test';
import { startRollcall } from '../src/rollcall.ts';
import { expect, test } from '../src/test.ts';

/** For whoever has signed in, for strangers, and none at all. */
const pages = [
  ...['/sign-in', '/sign-in/default', '/choose-password', '/nowhere', '/sign-in/No Such Name', '/%E0%A4%A'],
  ...['/account', '/system/user-sessions', '/system/user-sessions/views', '/system/user-sessions/export'],
  ...['/system/user-sessions/nowhere', '/system/users', '/system/users/invite', '/system/api-keys'],
  ...[
    '/system/audit',
    '/system/network',
    '/system/organization',
    '/system/single-sign-on',
    '/system/nowhere',
    '/api/docs',
    '/api/docs/problems',
  ],
];

test('every answer of the console keeps browsers careful, whatever was asked', async ({ request }) => {
  const asked = [
    request.get('/sign-in'),
    request.get('/favicon.svg'),
    request.get('/system/'),
    request.get('/nowhere'),
    request.post('/sign-in', { form: { email: 'a' }, headers: { origin: 'https://evil.example' } }),
  ];
  for (const answer of await Promise.all(asked)) {
    expect(answer.headers()['x-content-type-options'], answer.url()).toBe('nosniff');
    expect(answer.headers()['x-frame-options'], answer.url()).toBe('DENY');
  }
});

test('a strict content security policy is on every page, and none is kept', async ({ console: page, rollcall }) => {
  const stranger = await requests.newContext({ baseURL: rollcall.url });
  for (const address of pages) {
    for (const asked of [page.request, stranger]) {
      const answer = await asked.get(rollcall.url + address, { maxRedirects: 0 });
      // A redirect has nothing to show.
      if (answer.status() === 303) continue;
      const headers = answer.headers();
      const policy = policyOf(headers['content-security-policy']);
      expect(policy.get('default-src'), address).toEqual(["'none'"]);
      expect(policy.get('frame-ancestors'), address).toEqual(["'none'"]);
      expect(policy.get('base-uri'), address).toEqual(["'none'"]);
      for (const [directive, sources] of policy) {
        const loose = sources.filter((source) => /unsafe-(?:inline|eval)|strict-dynamic|\*|https?:|blob:/.test(source));
        expect(loose, `${directive} on ${address}`).toEqual([]);
      }
      // One style attribute has a hash; scripts have a nonce, or none is in the page.
      expect(policy.get('script-src')?.every((source) => /^'(?:self|nonce-.{22}==)'$/.test(source))).toBe(true);
      expect(headers['cache-control'], address).toBe('no-store');
    }
  }
  await stranger.dispose();
});

test('a nonce is used once', async ({ request }) => {
  const nonces = await Promise.all(
    [1, 2, 3].map(async () =>
      /nonce-[^']+/.exec((await request.get('/sign-in')).headers()['content-security-policy'] ?? ''),
    ),
  );
  expect(new Set(nonces.map((found) => found?.[0])).size).toBe(3);
});

test.describe('over https', () => {
  const publicUrl = 'https://sessions.example.com';
  // As a proxy that ends TLS would ask.
  const headers = { host: 'sessions.example.com', origin: publicUrl };

  test('every cookie is Secure and the session’s belongs to this very host', async () => {
    const rollcall = await startRollcall({ ROLLCALL_PUBLIC_URL: publicUrl });
    const request = await requests.newContext({ baseURL: rollcall.url, extraHTTPHeaders: headers });
    try {
      const { email, password } = rollcall.administrator;
      const answer = await request.post('/sign-in/default', { form: { email, password }, maxRedirects: 0 });
      const cookies = cookiesOf(answer.headersArray());
      expect([...cookies.keys()]).toEqual(['__Host-rollcall', 'organization']);
      for (const [name, attributes] of cookies) {
        expect(attributes, name).toEqual(expect.arrayContaining(['httponly', 'secure', 'path=/', 'samesite=lax']));
        expect(
          attributes.filter((attribute) => attribute.startsWith('domain')),
          name,
        ).toEqual([]);
      }
      const session = answer.headersArray().find(({ value }) => value.startsWith('__Host-rollcall='))?.value ?? '';
      const cookie = session.split(';', 1).join();
      await signOutClears(request, cookie);
      const unprefixed = await request.get('/api/Authentication', {
        headers: { cookie: cookie.replace('__Host-rollcall', 'rollcall') },
      });
      expect(unprefixed.status()).toBe(401);
    } finally {
      await request.dispose();
      await rollcall.end();
    }
  });

  async function signOutClears(request: APIRequestContext, cookie: string): Promise<void> {
    const known = await request.get('/api/Authentication', { headers: { cookie } });
    expect(known.status()).toBe(200);
    const plain = await request.delete('/api/Authentication', {
      headers: { cookie, origin: publicUrl.replace('https:', 'http:') },
    });
    expect(plain.status()).toBe(403);
    const answer = await request.delete('/api/Authentication', { headers: { cookie } });
    const cleared = cookiesOf(answer.headersArray()).get('__Host-rollcall');
    expect(cleared).toEqual(expect.arrayContaining(['max-age=0', 'secure', 'httponly', 'path=/']));
  }
});

function policyOf(text = ''): Map<string, string[]> {
  const directives = text.split(';').map((directive) => directive.trim().split(/\s+/));
  return new Map(directives.map(([name = '', ...sources]) => [name, sources]));
}

/** Their attributes by their names, in lower case. */
function cookiesOf(headers: readonly { name: string; value: string }[]): Map<string, string[]> {
  const set = headers.filter(({ name }) => name.toLowerCase() === 'set-cookie').map(({ value }) => value.split(/;\s*/));
  return new Map(
    set.map(([pair = '', ...attributes]) => [
      pair.split('=', 1).join(),
      attributes.map((attribute) => attribute.toLowerCase()),
    ]),
  );
}
