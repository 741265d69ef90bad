import { startRollcall } from '../src/rollcall.ts';
import { expect, signInOn, test } from '../src/test.ts';

test('the page about one’s own address says which proxy is missing', async ({ page }) => {
  const rollcall = await startRollcall();
  await page.setExtraHTTPHeaders({ 'x-forwarded-for': '198.51.100.1' });
  await signInOn(page, rollcall.administrator, `${rollcall.url}/sign-in`);
  await page.goto(`${rollcall.url}/system/network`);
  await expect(page.getByText('is not trusted: every session')).toBeVisible();
  await expect(page.getByRole('listitem').filter({ hasText: '198.51.100.1' })).toContainText('Not believed');
  await rollcall.end();
});

test('the page about one’s own address believes a proxy that is trusted', async ({ page }) => {
  const rollcall = await startRollcall({ ROLLCALL_TRUSTED_PROXIES: '127.0.0.1,::1' });
  await page.setExtraHTTPHeaders({ 'x-forwarded-for': '6.6.6.6, 198.51.100.1' });
  await signInOn(page, rollcall.administrator, `${rollcall.url}/sign-in`);
  await page.goto(`${rollcall.url}/system/network`);
  await expect(page.getByRole('listitem').filter({ hasText: '198.51.100.1' })).toContainText('This is you');
  await expect(page.getByRole('listitem').filter({ hasText: '6.6.6.6' })).toContainText('Not believed');
  await rollcall.end();
});
