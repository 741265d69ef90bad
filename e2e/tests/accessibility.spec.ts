import { createUser, expect, rowOf, signInFrom, signInOn, test } from '../src/test.ts';
import { violationsOn } from '../src/violations.ts';

for (const colorScheme of ['light', 'dark'] as const)
  test.describe(`${colorScheme} scheme`, () => {
    test.use({ colorScheme });

    test('axe finds nothing on the sign-in page', async ({ page }) => {
      await page.goto('/sign-in');
      await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible();
      expect(await violationsOn(page)).toEqual([]);
    });

    test('axe finds nothing on the pages of users, keys, single sign-on, the audit trail, the organization, the network and one’s own account', async ({
      console: page,
      rollcall,
    }) => {
      test.slow();
      const { email } = await createUser(rollcall);
      for (const address of [
        '/system/users/invite',
        '/system/api-keys',
        '/system/single-sign-on',
        '/system/audit',
        '/system/organization',
        '/system/network',
        '/account',
        '/choose-password',
      ]) {
        await page.goto(address);
        await expect(page.getByRole('heading').first()).toBeVisible();
        expect(await violationsOn(page), address).toEqual([]);
      }
      await page.goto(`/system/users?search=${email}`);
      expect(await violationsOn(page), 'the list').toEqual([]);
      await page.getByRole('link', { name: email, exact: true }).click();
      await expect(page.getByRole('dialog', { name: email })).toBeVisible();
      expect(await violationsOn(page), 'a user').toEqual([]);
      await page.getByRole('link', { name: 'Remove' }).click();
      await expect(page.getByRole('alertdialog')).toBeVisible();
      expect(await violationsOn(page), 'the question').toEqual([]);
    });

    test('axe finds nothing on the table, the empty table and the dialogs', async ({ console: page, rollcall }) => {
      const user = await createUser(rollcall);
      const { session } = await signInFrom(rollcall, user, { sessionName: 'Audited' });
      await signInFrom(rollcall, user, { sessionName: 'Ended' });
      const administrator = rollcall.client();
      await administrator.signIn(rollcall.administrator);
      await administrator.endSession(session.requestId);

      await page.goto(`/system/user-sessions?search=${user.email}`);
      await expect(rowOf(page, 'Audited')).toContainText('Inactive');
      expect(await violationsOn(page)).toEqual([]);

      await rowOf(page, 'Ended')
        .getByRole('link', { name: /Terminate/ })
        .click();
      await expect(page.getByRole('alertdialog')).toBeVisible();
      expect(await violationsOn(page)).toEqual([]);

      for (const dialog of ['views', 'export']) {
        await page.goto(`/system/user-sessions/${dialog}?search=${user.email}`);
        await expect(page.getByRole('dialog')).toBeVisible();
        expect(await violationsOn(page)).toEqual([]);
      }

      await page.goto('/system/user-sessions?search=nobody-has-this-name');
      await expect(page.getByText('No sessions match')).toBeVisible();
      expect(await violationsOn(page)).toEqual([]);

      await page.goto('/no-such-page');
      expect(await violationsOn(page)).toEqual([]);
    });

    test('axe finds nothing on the page for those who may not see it', async ({ page, rollcall }) => {
      await signInOn(page, await createUser(rollcall));
      await page.goto('/system/user-sessions');
      expect(await violationsOn(page)).toEqual([]);
    });
  });

test('the page never scrolls sideways, down to 320 pixels', async ({ console: page }) => {
  for (const width of [1600, 1280, 768, 320]) {
    await page.setViewportSize({ width, height: 800 });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
  }
});

test('a strict content security policy holds everywhere, and nothing breaks it', async ({ page, rollcall }) => {
  const broken: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.text().includes('Content Security Policy')) broken.push(message.text());
  });
  page.on('pageerror', (error) => broken.push(String(error)));
  await signInOn(page, rollcall.administrator);
  const answer = await page.goto('/system/user-sessions');
  const policy = answer?.headers()['content-security-policy'] ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toContain('unsafe-inline');
  await page.getByRole('combobox', { name: 'Search sessions' }).fill('admin');
  await expect(page.getByRole('row').nth(1)).toBeVisible();
  expect(broken).toEqual([]);
});
