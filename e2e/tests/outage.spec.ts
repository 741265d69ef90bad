import { startRollcall } from '../src/rollcall.ts';
import { expect, signInOn, test } from '../src/test.ts';

test('when the server cannot be reached, what was loaded stays, with a notice and a retry of what was asked for', async ({
  page,
}) => {
  const rollcall = await startRollcall();
  try {
    await signInOn(page, rollcall.administrator, `${rollcall.url}/sign-in`);
    await expect(page.getByRole('row').filter({ hasText: 'Current Session' })).toBeVisible();
    await rollcall.stop();
    await page.getByRole('link', { name: 'Active', exact: true }).click();
    await expect(page.getByText(/could not be reached|cannot be reached/i)).toBeVisible();
    await page.getByRole('button', { name: 'Refresh' }).click();
    await expect(page.getByText(/could not be reached|cannot be reached/i)).toBeVisible();
    await expect(page.getByRole('row').filter({ hasText: 'Current Session' })).toBeVisible();
    await rollcall.start();
    await page.getByRole('button', { name: 'Retry' }).click();
    await expect(page.getByText(/could not be reached|cannot be reached/i)).toBeHidden();
    await expect(page).toHaveURL(/status=active/);
    await expect(page.getByRole('row').filter({ hasText: 'Current Session' })).toBeVisible();
  } finally {
    await rollcall.end();
  }
});
