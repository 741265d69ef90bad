import { createUser, expect, rowOf, signInFrom, signInOn, test } from '../src/test.ts';

test.use({ javaScriptEnabled: false });

test('everything works without scripts', async ({ page, rollcall }) => {
  const user = await createUser(rollcall);
  for (let n = 10; n < 22; n += 1) await signInFrom(rollcall, user, { sessionName: `Terminal ${n}` });
  await signInOn(page, rollcall.administrator);

  await page.getByRole('combobox', { name: 'Search sessions' }).fill(user.email);
  await page.keyboard.press('Enter');
  await expect(page.getByText('Total 12 items')).toBeVisible();
  await expect(page.getByText('UTC').first()).toBeVisible();
  await page.getByRole('link', { name: 'Next page' }).click();
  await expect(page.getByRole('row')).toHaveCount(3);
  await page.getByRole('columnheader', { name: 'Session Name' }).getByRole('link').click();
  await expect(page.getByRole('row').nth(1)).toContainText('Terminal 10');

  await rowOf(page, 'Terminal 10')
    .getByRole('link', { name: /Terminate/ })
    .click();
  await expect(page.getByText(user.email).first()).toBeVisible();
  await page.getByRole('button', { name: /Terminate/ }).click();
  await expect(rowOf(page, 'Terminal 10')).toContainText('Inactive');

  await page.getByRole('checkbox', { name: /^Select Terminal 11 / }).check();
  await page.getByRole('button', { name: 'Terminate selected' }).click();
  await page.getByRole('button', { name: 'Terminate one session' }).click();
  await expect(rowOf(page, 'Terminal 11')).toContainText('Inactive');

  await page.getByRole('link', { name: 'Views' }).click();
  await page.getByLabel('Save the present view as').fill('Terminals');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('link', { name: 'Terminals' })).toBeVisible();
  await page.getByRole('link', { name: 'Close' }).click();

  await page.getByRole('link', { name: 'Export' }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export' }).click();
  expect((await download).suggestedFilename()).toMatch(/^sessions-\d{14}\.csv$/);

  await page.goto(`/system/user-sessions?search=${user.email}`);
  await page.getByRole('link', { name: 'Terminate all' }).click();
  await page.getByRole('button', { name: 'Terminate 10 sessions' }).click();
  await expect(page.getByText('10 sessions were terminated.')).toBeVisible();
});
