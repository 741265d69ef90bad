import type { Page } from '@playwright/test';
import { startRollcall } from '../src/rollcall.ts';
import { createUser, expect, rowOf, signInFrom, signInOn, test } from '../src/test.ts';

const chosen = 'nine staples for a battery';

/** Invites somebody from the page of users, and answers the link. */
async function invite(page: Page, email: string, choose: (dialog: ReturnType<Page['getByRole']>) => Promise<void>) {
  await page.goto('/system/users');
  await page.getByRole('link', { name: 'Invite', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Invite a user' });
  await dialog.getByLabel('E-mail').fill(email);
  await choose(dialog);
  await dialog.getByRole('button', { name: 'Invite' }).click();
  return await page.getByRole('dialog', { name: 'Invited' }).getByRole('textbox').inputValue();
}

async function choosePassword(page: Page, link: string, password = chosen): Promise<void> {
  await page.goto(link);
  await page.getByLabel('New password', { exact: true }).fill(password);
  await page.getByLabel('New password, again').fill(password);
  await page.getByRole('button', { name: 'Choose password' }).click();
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with scripts' : 'without scripts', () => {
    test.use({ javaScriptEnabled });

    test('somebody is invited, chooses a password, and looks after others as far as they may', async ({
      page,
      rollcall,
      browser,
    }) => {
      const email = `${crypto.randomUUID()}@example.com`;
      await signInOn(page, rollcall.administrator);
      const link = await invite(page, email, (dialog) => dialog.getByLabel('Manage users').check());
      await page.getByRole('link', { name: 'Done' }).click();
      // other tests make users too: more than a page of them
      await page.goto(`/system/users?search=${email}`);
      await expect(rowOf(page, email)).toContainText('Invited');

      const context = await browser.newContext({ javaScriptEnabled });
      const theirs = await context.newPage();
      if (javaScriptEnabled) {
        await choosePassword(theirs, link);
      } else {
        await theirs.goto(new URL(link).origin + new URL(link).pathname);
        await theirs.getByLabel('The link that you were given').fill(link);
        await theirs.getByLabel('New password', { exact: true }).fill(chosen);
        await theirs.getByLabel('New password, again').fill(chosen);
        await theirs.getByRole('button', { name: 'Choose password' }).click();
      }
      await expect(theirs.getByText('Your password is chosen.')).toBeVisible();
      await theirs.getByLabel('E-mail').fill(email);
      await theirs.getByLabel('Password', { exact: true }).fill(chosen);
      await theirs.getByRole('button', { name: 'Sign in' }).click();
      await expect(theirs.getByRole('heading', { name: 'User Sessions' })).toBeVisible();
      await theirs.goto(`/system/users?search=${rollcall.administrator.email}`);
      await theirs.getByRole('link', { name: rollcall.administrator.email, exact: true }).click();
      await expect(theirs.getByText('They hold a permission that you do not have.')).toBeVisible();
      await context.close();
    });

    test('somebody is disabled, and their sessions have ended', async ({ page, rollcall }) => {
      const user = await createUser(rollcall);
      await signInFrom(rollcall, user, { sessionName: 'One' });
      await signInFrom(rollcall, user, { sessionName: 'Another' });
      await signInOn(page, rollcall.administrator);
      await page.goto(`/system/users?search=${user.email}`);
      await page.getByRole('link', { name: `2 active sessions of ${user.email}` }).click();
      await expect(page.getByText('Total 2 items')).toBeVisible();
      await expect(page.getByRole('link', { name: `2 concurrent sessions of ${user.email}` })).toHaveCount(2);
      await page.goto(`/system/users?search=${user.email}`);
      await page.getByRole('link', { name: user.email, exact: true }).click();
      await page.getByRole('link', { name: 'Disable', exact: true }).click();
      await expect(page.getByText('2 active sessions')).toBeVisible();
      await page.getByRole('button', { name: 'Disable' }).click();
      await expect(page.getByText(`${user.email} was disabled.`)).toBeVisible();
      await expect(rowOf(page, user.email)).toContainText('Disabled');
      await page.goto(`/system/user-sessions?search=user:=${user.email}`);
      await expect(page.getByText('User disabled')).toHaveCount(2);
    });
  });
}

test('somebody whose address has letters of another script is invited and signs in', async ({
  console: page,
  browser,
}) => {
  const email = `jürgen-${crypto.randomUUID()}@bücher.example`;
  const link = await invite(page, email, async () => {});
  const theirs = await browser.newPage();
  await choosePassword(theirs, link);
  await expect(theirs.getByText('Your password is chosen.')).toBeVisible();
  await theirs.getByLabel('E-mail').fill(email);
  await theirs.getByLabel('Password', { exact: true }).fill(chosen);
  await theirs.getByRole('button', { name: 'Sign in' }).click();
  await theirs.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
  await theirs.goto('/account');
  await expect(theirs.getByText(email).first()).toBeVisible();
  await theirs.close();
});

test('a link is good once', async ({ console: page, browser }) => {
  const link = await invite(page, `${crypto.randomUUID()}@example.com`, async () => {});
  const [first, second] = [await browser.newPage(), await browser.newPage()];
  await choosePassword(first, link);
  await expect(first.getByText('Your password is chosen.')).toBeVisible();
  await choosePassword(second, link);
  await expect(second.getByText('This link is used, out of date or not whole.')).toBeVisible();
  await Promise.all([first.close(), second.close()]);
});

test('the last administrator stays one', async ({ page }) => {
  const rollcall = await startRollcall();
  const { url, administrator } = rollcall;
  await signInOn(page, administrator, `${url}/sign-in`);
  await page.goto(`${url}/system/users`);
  await page.getByRole('link', { name: administrator.email, exact: true }).click();
  await page.getByRole('radio', { name: 'Member' }).check();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('dialog').getByRole('alert')).toContainText('This is the last active administrator.');
  await rollcall.end();
});

test('a password that is guessed first is refused where it is chosen', async ({ console: page, browser }) => {
  const link = await invite(page, `${crypto.randomUUID()}@example.com`, async () => {});
  const theirs = await browser.newPage();
  await choosePassword(theirs, link, 'qwertyuiop12');
  await expect(theirs.getByText('It is one of the most common passwords')).toBeVisible();
  await choosePassword(theirs, link);
  await expect(theirs.getByText('Your password is chosen.')).toBeVisible();
  await theirs.close();
});
