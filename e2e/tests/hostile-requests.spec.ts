import type { APIResponse } from '@playwright/test';
import { createUser, expect, signInOn, test } from '../src/test.ts';

const form = 'application/x-www-form-urlencoded';

test.describe('after signing in one stays on this site', () => {
  const elsewhere = [
    'https://evil.example/',
    '//evil.example/',
    '///evil.example/',
    '/\\evil.example/',
    '/\t/evil.example/',
    '/.//evil.example/',
    'javascript:document.body.remove()',
    'data:text/html,evil',
    '/api/UserRequestExport',
    '/sign-out',
  ];

  for (const next of elsewhere) {
    test(`whatever is asked for: ${JSON.stringify(next)}`, async ({ page, rollcall }) => {
      const visited: string[] = [];
      page.on('framenavigated', (frame) => visited.push(frame.url()));
      page.on('download', () => visited.push('a download'));
      await signInOn(page, await createUser(rollcall), `/sign-in?next=${encodeURIComponent(next)}`);
      await expect(page).toHaveURL(`${rollcall.url}/account`);
      // Whoever has signed in already is led on at once.
      await page.goto(`/sign-in?next=${encodeURIComponent(next)}`);
      await expect(page).toHaveURL(`${rollcall.url}/account`);
      expect(visited.filter((address) => !address.startsWith(`${rollcall.url}/`))).toEqual([]);
    });
  }
});

test('nothing tells an organization that is there from one that is not', async ({ request }) => {
  const told = async (slug: string) => {
    const answer = await request.get(`/sign-in/${slug}`);
    const text = (await answer.text()).replaceAll(/nonce="[^"]*"/g, '').replaceAll(slug, 'slug');
    return { status: answer.status(), text: text.replaceAll(/__sveltekit_\w+/g, '') };
  };
  expect(await told('default')).toEqual(await told('nobodys'));
});

test.describe('a form that another site sends', () => {
  const forms = ['/sign-in', '/sign-out', '/account?/endOthers', '/system/users/invite', '/choose-password'];
  for (const origin of ['https://evil.example', 'null', undefined]) {
    test(`from the origin ${origin} is refused`, async ({ console: page, rollcall }) => {
      for (const address of forms) {
        const headers = { 'content-type': form, ...(origin !== undefined && { origin }) };
        const answer = await page.request.post(rollcall.url + address, { headers, data: 'email=a', maxRedirects: 0 });
        expect(answer.status(), address).toBe(403);
      }
      await page.reload();
      await expect(page.getByRole('heading', { name: 'User Sessions' })).toBeVisible();
    });
  }
});

test('a body that is no form is refused, and is no failure of the server', async ({ console: page, rollcall }) => {
  const actions = [
    '/sign-in',
    '/choose-password',
    '/account?/makeKey',
    '/account?/password',
    '/system/api-keys?/make',
    '/system/users/invite',
    '/system/organization',
    '/system/single-sign-on',
    '/system/user-sessions/views?/save',
    '/system/user-sessions/terminate?search=x',
    '/system/user-sessions/terminate-selected',
  ];
  for (const address of actions) {
    const headers = { origin: rollcall.url, 'content-type': 'multipart/form-data; boundary=one' };
    const answer = await page.request.post(rollcall.url + address, { headers, data: '--another\r\nnonsense' });
    expect(await statusOf(answer), address).toBe(400);
  }
});

// What answers a form by itself says so in its body (SvelteKit).
async function statusOf(answer: APIResponse): Promise<number> {
  const isJson = answer.headers()['content-type']?.includes('json');
  const body: unknown = isJson ? await answer.json() : undefined;
  const isFailure = typeof body === 'object' && body !== null && 'status' in body && typeof body.status === 'number';
  return isFailure ? Number(body.status) : answer.status();
}

test('cookies that somebody else wrote neither show anything nor keep a page from being shown', async ({
  console: page,
  rollcall,
}) => {
  const written = [
    ['outcome', 'terminated nonsense'],
    ['outcome', 'terminated ../../x'],
    ['outcome', 'terminated-several <b>9</b>'],
    ['outcome', 'password-changed <b>9</b>'],
    ['outcome', 'user-removed <b>somebody</b>'],
    ['outcome', 'provider-saved <b>9</b>'],
    ['organization', '../../evil.example'],
    ['time-zone', '<b>zone</b>'],
  ] as const;
  for (const [name, value] of written) {
    for (const address of ['/system/user-sessions', '/system/users', '/system/single-sign-on', '/account']) {
      await page.context().addCookies([{ name, value: encodeURIComponent(value), url: rollcall.url }]);
      const answer = await page.goto(rollcall.url + address);
      expect(answer?.status(), `${name}=${value} on ${address}`).toBe(200);
      await expect(page.locator('main b')).toHaveCount(0);
      await expect(page.getByText(/NaN|nonsense|evil\.example/)).toHaveCount(0);
    }
  }
});
