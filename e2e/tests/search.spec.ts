import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { createUser, expect, rowOf, signInFrom, test } from '../src/test.ts';

const field = { name: 'Search sessions' };

test('an operator is chosen by keyboard, filters, shows as a chip, and is taken away again', async ({
  console: page,
  rollcall,
}) => {
  const user = await createUser(rollcall);
  await signInFrom(rollcall, user, { sessionName: 'Office', ipAddress: '10.1.2.3' });
  await signInFrom(rollcall, user, { sessionName: 'Home', ipAddress: '198.51.100.9' });
  await page.getByRole('combobox', field).pressSequentially(`${user.email} cli`);
  await expect(page.getByRole('option', { name: /^client:/ })).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('combobox', field)).toHaveValue(`${user.email} client:api `);
  await expect(page.getByRole('row')).toHaveCount(3);
  await page.keyboard.type('ip:10.0.0.0/8');
  await expect(rowOf(page, 'Home')).toBeHidden();
  await expect(rowOf(page, 'Office')).toBeVisible();
  await page.getByRole('link', { name: 'Remove IP address: 10.0.0.0/8' }).click();
  await expect(rowOf(page, 'Home')).toBeVisible();
  await expect(page.getByRole('combobox', field)).toHaveValue(`${user.email} client:api`);
});

test('a wrong value is told under the field, and the rest still filters', async ({ console: page, rollcall }) => {
  const user = await createUser(rollcall);
  await signInFrom(rollcall, user, { sessionName: 'Mine' });
  await page.getByRole('combobox', field).fill(`${user.email} ip:10.0.0.0/99`);
  await expect(page.getByText(/^ip:10\.0\.0\.0\/99|^10\.0\.0\.0\/99/)).toBeVisible();
  await expect(page.getByRole('row')).toHaveCount(2);
});

test('a search of an address that asks for too much is told, and not taken for none', async ({ console: page }) => {
  const terms = 'a '.repeat(33).trim();
  await page.goto(`/system/user-sessions?${new URLSearchParams({ search: terms })}`);
  await expect(page.getByText('A search has at most 32 terms.')).toBeVisible();
  await expect(page.getByRole('combobox', field)).toHaveValue(terms);
  await expect(page.getByRole('row')).toHaveCount(1);
  const longest = '漢'.repeat(2000);
  const answer = await page.goto(`/system/user-sessions?${new URLSearchParams({ search: longest })}`);
  expect(answer?.status()).toBe(200);
  await expect(page.getByText('No sessions match')).toBeVisible();
});

test('a view is kept, found again and removed', async ({ console: page, rollcall }) => {
  const user = await createUser(rollcall);
  await signInFrom(rollcall, user, { sessionName: 'Kept' });
  const name = `View ${user.email.slice(0, 8)}`;
  await page.goto(`/system/user-sessions?search=${user.email}&status=active&columns=userEmail,endedAt`);
  await page.getByRole('link', { name: 'Views' }).click();
  await page.getByLabel('Save the present view as').fill(name);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('link', { name })).toHaveAttribute('aria-current', 'true');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('link', { name: 'Views' })).toBeFocused();
  await page.goto('/system/user-sessions');
  await page.getByRole('link', { name: 'Views' }).click();
  await page.getByRole('link', { name }).click();
  await expect(page.getByRole('columnheader')).toHaveText([/User/, /Ended At/, /Actions/]);
  await expect(page.getByRole('combobox', field)).toHaveValue(user.email);
  await page.getByRole('link', { name: 'Views' }).click();
  await page.getByRole('button', { name: `Remove the view ${name}` }).click();
  await expect(page.getByRole('link', { name })).toBeHidden();
});

test('columns are shown and hidden, and stay in the address', async ({ console: page }) => {
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'User Agent' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Authentication' }).click();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('columnheader', { name: 'User Agent' })).toBeHidden();
  await expect(page.getByRole('columnheader', { name: 'Authentication' })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('columnheader', { name: 'Authentication' })).toBeVisible();
  await expect(page.getByRole('cell', { name: /^password$/i }).first()).toBeVisible();
});

/** From now on no view arrives until it is let in. */
async function holdViews(page: Page): Promise<() => void> {
  const answers = Promise.withResolvers<void>();
  await page.route('**/__data.json*', async (route) => {
    await answers.promise;
    await route.continue();
  });
  return answers.resolve;
}

test('a dialog that is opened while a view is awaited lies over that view', async ({ console: page, rollcall }) => {
  const user = await createUser(rollcall);
  await signInFrom(rollcall, user, { sessionName: 'Phone' });
  const letIn = await holdViews(page);
  await page.getByRole('combobox', field).fill(user.email);
  await expect(page.getByRole('region', { name: 'Table of sessions' })).toHaveAttribute('aria-busy', 'true');
  await page.getByRole('link', { name: 'Active', exact: true }).click();
  await page.getByRole('link', { name: 'Export' }).click();
  letIn();
  await expect(page.getByRole('dialog', { name: /Export/ })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(page).toHaveURL(/search=.*status=active/);
  await expect(page.getByRole('combobox', field)).toHaveValue(user.email);
  await expect(page.getByText('Total 1 item')).toBeVisible();
});

test('a termination that is opened while another search is awaited is of what is shown, and the field says so', async ({
  console: page,
  rollcall,
}) => {
  const user = await createUser(rollcall);
  await signInFrom(rollcall, user, { sessionName: 'Phone' });
  await page.goto(`/system/user-sessions?search=${user.email}`);
  const letIn = await holdViews(page);
  await page.getByRole('combobox', field).fill('zzzz');
  await expect(page.getByRole('region', { name: 'Table of sessions' })).toHaveAttribute('aria-busy', 'true');
  await page.getByRole('link', { name: 'Terminate all' }).click();
  letIn();
  await expect(page.getByRole('heading', { name: 'Terminate one session?' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('alertdialog')).toBeHidden();
  await expect(page.getByRole('combobox', field)).toHaveValue(user.email);
  await expect(page.getByText('Total 1 item')).toBeVisible();
});

test('what is typed before the page can act on it is searched for as soon as it can', async ({
  console: page,
  rollcall,
}) => {
  const user = await createUser(rollcall);
  await signInFrom(rollcall, user, { sessionName: 'Phone' });
  const scripts = Promise.withResolvers<void>();
  await page.route('**/*.js', async (route) => {
    await scripts.promise;
    await route.continue();
  });
  await page.goto('/system/user-sessions', { waitUntil: 'commit' });
  await page.getByRole('combobox', field).fill(user.email);
  scripts.resolve();
  await expect(page).toHaveURL(`/system/user-sessions?search=${encodeURIComponent(user.email)}`);
  await expect(page.getByText('Total 1 item')).toBeVisible();
  await expect(page.getByRole('combobox', field)).toHaveValue(user.email);
});

test('whatever is chosen while an answer is awaited is kept, all of it', async ({ console: page }) => {
  const letIn = await holdViews(page);
  await page.getByRole('combobox', field).fill('a');
  await expect(page.getByRole('region', { name: 'Table of sessions' })).toHaveAttribute('aria-busy', 'true');
  await page.getByRole('link', { name: 'Active', exact: true }).click();
  await page.getByRole('link', { name: 'Duration' }).click();
  await page.getByRole('link', { name: '50 rows per page' }).click();
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'User Agent' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Duration' }).click();
  await page.keyboard.press('Escape');
  letIn();
  await expect(page).toHaveURL(/search/);
  expect(Object.fromEntries(new URL(page.url()).searchParams)).toEqual({
    search: 'a',
    status: 'active',
    sort: '-duration',
    pageSize: '50',
    columns: 'userEmail,sessionName,ipAddress,isActive,createdAt,lastActivity',
  });
});

test('all that was found is terminated, with the number first', async ({ console: page, rollcall }) => {
  const user = await createUser(rollcall);
  for (const sessionName of ['Phone', 'Tablet']) await signInFrom(rollcall, user, { sessionName });
  await page.goto(`/system/user-sessions?search=${user.email}`);
  await page.getByRole('link', { name: 'Terminate all' }).click();
  await expect(page.getByRole('heading', { name: 'Terminate 2 sessions?' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('link', { name: 'Terminate all' })).toBeFocused();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Terminate 2 sessions' }).click();
  await expect(page.getByText('2 sessions were terminated.')).toBeVisible();
  for (const sessionName of ['Phone', 'Tablet']) await expect(rowOf(page, sessionName)).toContainText('Inactive');
});

test('what was found is exported as a file', async ({ console: page, rollcall }) => {
  const user = await createUser(rollcall);
  await signInFrom(rollcall, user, { sessionName: '=HYPERLINK("https://evil.test")' });
  await signInFrom(rollcall, user, { sessionName: 'Plain' });
  await page.goto(`/system/user-sessions?search=${user.email}`);
  await page.getByRole('link', { name: 'Export' }).click();
  await expect(page.getByText('2 sessions that match')).toBeVisible();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe('sessions.csv');
  const lines = (await readFile(await file.path(), 'utf8')).trim().split('\r\n');
  expect(lines).toHaveLength(3);
  expect(lines.join()).toContain(`"'=HYPERLINK(""https://evil.test"")"`);
  await expect(page.getByText('Done: 2 sessions.')).toBeVisible();
});
