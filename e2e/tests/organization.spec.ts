import type { Page } from '@playwright/test';
import { startRollcall } from '../src/rollcall.ts';
import { createUser, expect, signInOn, test } from '../src/test.ts';

async function chooseAndSave(page: Page): Promise<void> {
  const idle = page.getByRole('group', { name: 'Idle time-out' });
  await expect(idle.getByRole('radio', { name: 'The service’s own: 1 day' })).toBeChecked();
  await idle.getByRole('radio', { name: 'Shorter' }).check();
  await idle.getByLabel('amount').fill('2');
  await idle.getByLabel('unit').selectOption('days');
  await page.getByLabel('Name').fill('Acme & Söhne');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(idle.getByText('at most 1 day')).toBeVisible();
  await expect(page.getByText('Nothing was saved')).toBeVisible();
  await expect(page.getByLabel('Name')).toHaveValue('Acme & Söhne');
  await expect(idle.getByLabel('amount')).toHaveValue('2');

  await idle.getByLabel('amount').fill('8');
  await idle.getByLabel('unit').selectOption('hours');
  const limit = page.getByRole('group', { name: 'Sessions at a time' });
  await limit.getByRole('radio', { name: 'At most' }).check();
  await limit.getByLabel('amount').fill('3');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Saved.')).toBeVisible();
  await expect(idle.getByLabel('amount')).toHaveValue('8');
  await expect(idle.getByLabel('unit')).toHaveValue('hours');
  await expect(limit.getByLabel('amount')).toHaveValue('3');
}

test('an organization chooses for itself, within what the service allows', async ({ page }) => {
  // Of its own, so that nobody else’s sessions end sooner than they expect.
  const rollcall = await startRollcall();
  await signInOn(page, rollcall.administrator, `${rollcall.url}/sign-in`);
  await page.getByRole('navigation', { name: 'System' }).getByRole('link', { name: 'Organization' }).click();
  await chooseAndSave(page);
  await expect(page.getByText('Acme & Söhne')).toBeVisible();

  await page.getByRole('group', { name: 'Idle time-out' }).getByRole('radio', { name: 'The service’s own' }).check();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Saved.')).toBeVisible();
  await page.goto(`${rollcall.url}/system/audit?action=settings-changed`);
  await expect(page.getByRole('rowheader')).toContainText([
    '28,800 → the service’s own',
    'Sessions at a time: the service’s own → 3',
  ]);
  await rollcall.end();
});

test('an organization binds its sessions to their networks, and says so to whoever comes from elsewhere', async ({
  page,
}) => {
  const rollcall = await startRollcall({ ROLLCALL_TRUSTED_PROXIES: '127.0.0.1,::1' });
  const from = (address: string) => page.setExtraHTTPHeaders({ 'x-forwarded-for': address });
  await from('192.0.2.7');
  await signInOn(page, rollcall.administrator, `${rollcall.url}/sign-in`);
  await page.goto(`${rollcall.url}/system/organization`);
  const binding = page.getByRole('group', { name: 'Use from other networks' });
  await expect(binding.getByRole('radio', { name: 'Accepted and audited' })).toBeChecked();
  await binding.getByRole('radio', { name: 'Refused' }).check();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Saved.')).toBeVisible();

  await from('192.0.2.200');
  await page.goto(`${rollcall.url}/system/users`);
  await expect(page.getByRole('heading', { name: 'Users' })).toBeVisible();
  await from('198.51.100.9');
  await page.goto(`${rollcall.url}/system/users`);
  await expect(page.getByText('Your session belongs to the network in which you began it')).toBeVisible();
  await from('192.0.2.7');
  await page.goto(`${rollcall.url}/system/audit?action=other-network`);
  await expect(page.getByRole('rowheader')).toContainText(['Network: 198.51.100.0/24']);
  await expect(page.getByRole('rowheader')).toContainText(['Refused']);
  await rollcall.end();
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('an organization chooses for itself', async ({ page }) => {
    const rollcall = await startRollcall();
    await signInOn(page, rollcall.administrator, `${rollcall.url}/sign-in?next=/system/organization`);
    await chooseAndSave(page);
    await rollcall.end();
  });
});

test('whoever does not look after users is told what it takes', async ({ page, rollcall }) => {
  await signInOn(page, await createUser(rollcall));
  const answer = await page.goto('/system/organization');
  expect(answer?.status()).toBe(403);
  await expect(page.getByText('It takes the administrator role or the permission to manage users')).toBeVisible();
});
