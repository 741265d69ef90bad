import { createRollcall } from '@rollcall/sdk';
import { createUser, expect, signInFrom, signInOn, test } from '../src/test.ts';

const another = 'nine staples for a battery';

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with scripts' : 'without scripts', () => {
    test.use({ javaScriptEnabled });

    test('an ordinary member looks after their own sessions and password', async ({ page, rollcall }) => {
      const user = await createUser(rollcall);
      for (const sessionName of ['Telephone', 'Tablet', 'Laptop']) await signInFrom(rollcall, user, { sessionName });
      const stranger = await signInFrom(rollcall, rollcall.administrator, { sessionName: 'Stranger' });
      await signInOn(page, user);
      await expect(page.getByRole('heading', { name: 'My account' })).toBeVisible();
      await expect(page.getByText('Stranger')).toHaveCount(0);
      const active = page.getByRole('list', { name: 'Active sessions' }).getByRole('listitem');
      await expect(active).toHaveCount(4);
      await expect(active.filter({ hasText: 'This session' })).toHaveCount(1);

      await page.getByRole('button', { name: 'End Telephone' }).click();
      await expect(page.getByText('The session has ended.')).toBeVisible();
      await expect(active).toHaveCount(3);
      await page.getByRole('button', { name: 'End all 2 others' }).click();
      await expect(page.getByText('2 other sessions ended.')).toBeVisible();
      await expect(active).toHaveCount(1);

      await page.getByLabel('Present password').fill('not the present one');
      await page.getByLabel('New password', { exact: true }).fill(another);
      await page.getByLabel('New password, again').fill(another);
      await page.getByRole('button', { name: 'Change password' }).click();
      await expect(page.getByText('That is not your present password.')).toBeVisible();
      await page.getByLabel('Present password').fill(user.password);
      await page.getByLabel('New password', { exact: true }).fill(another);
      await page.getByLabel('New password, again').fill(another);
      await page.getByRole('button', { name: 'Change password' }).click();
      await expect(page.getByText('Your password was changed.')).toBeVisible();

      const client = rollcall.client();
      await client.signIn({ email: user.email, password: another });
      await expect(rollcall.client().signIn(user)).rejects.toMatchObject({ code: 'sign-in-failed' });
      expect(await client.api.GET('/api/UserRequests')).toMatchObject({ data: { total: 5 } });
      expect(stranger.session.isActive).toBe(true);
    });
  });
}

test('an administrator’s own account shows their own sessions only', async ({ console: page, rollcall }) => {
  const user = await createUser(rollcall);
  await signInFrom(rollcall, user, { sessionName: 'Somebody else’s' });
  await page.getByRole('button', { name: /User menu/ }).click();
  await page.getByRole('menuitem', { name: 'My account' }).click();
  await expect(page.getByRole('heading', { name: 'My account' })).toBeVisible();
  await expect(page.getByText('This session')).toBeVisible();
  await expect(page.getByText('Somebody else’s')).toHaveCount(0);
});

test('a key is made in the console, used by a program, seen there, and taken back', async ({
  console: page,
  rollcall,
}) => {
  const email = `robot-${crypto.randomUUID()}@example.com`;
  await page.goto('/system/users/invite');
  await page.getByRole('dialog').getByLabel('E-mail').fill(email);
  await page.getByLabel('Service account').check();
  await page.getByLabel('Read the audit trail').check();
  await page.getByRole('button', { name: 'Invite', exact: true }).click();
  await expect(page.getByText(`The service account ${email} is there.`)).toBeVisible();

  await page.goto('/system/api-keys');
  await page.getByLabel('Name').fill('Nightly export');
  await page.getByLabel('For', { exact: true }).selectOption(email);
  await page.getByLabel('Read the audit trail').check();
  await page.getByRole('button', { name: 'Make a key' }).click();
  const apiKey = await page.getByLabel('The key “Nightly export”').inputValue();
  const program = createRollcall({ baseUrl: rollcall.url, apiKey });
  expect((await program.auditEvents()).events).not.toEqual([]);
  await expect(program.users.list()).rejects.toMatchObject({ code: 'forbidden' });

  await page.goto(`/system/user-sessions?search=user:=${email}`);
  await expect(page.getByRole('row').nth(1)).toContainText('Nightly export');
  await page.goto('/system/api-keys');
  await expect(page.getByRole('listitem').filter({ hasText: email })).toContainText('Last used just now');
  await page.getByRole('listitem').filter({ hasText: email }).getByRole('button', { name: 'Revoke' }).click();
  await expect(page.getByRole('listitem').filter({ hasText: email })).toContainText('Revoked');
  await expect(program.auditEvents()).rejects.toMatchObject({ code: 'sign-in-failed' });
});
