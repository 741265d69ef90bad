import type { BrowserContext, Page } from '@playwright/test';
import { startRollcall } from '../src/rollcall.ts';
import { expect, rowOf, signInOn, test } from '../src/test.ts';

// As often as the grace allows, which is the shortest that there is.
const oftenest = { ROLLCALL_TOKEN_ROTATE_AFTER: '0', ROLLCALL_TOKEN_GRACE: '1' };

/** The cookie's token, and its number. */
async function tokenOf(context: BrowserContext): Promise<{ text: string; number: number }> {
  const [cookie] = (await context.cookies()).filter(({ name }) => name === 'rollcall');
  const [, , number] = cookie?.value.split('.') ?? [];
  return { text: cookie?.value ?? '', number: Number(number) };
}

test('a session goes on in two tabs through any number of rotations, and ends when a former token is used', async ({
  page,
  context,
}) => {
  test.setTimeout(90_000);
  const rollcall = await startRollcall(oftenest);
  try {
    await signInOn(page, rollcall.administrator, `${rollcall.url}/sign-in`);
    const first = await tokenOf(context);
    expect(first.number).toBe(1);
    const other = await context.newPage();
    await other.goto(rollcall.url);
    await expect
      .poll(
        async () => {
          await Promise.all([refresh(page), refresh(other), page.evaluate(() => fetch('/api/Authentication'))]);
          return (await tokenOf(context)).number;
        },
        { timeout: 60_000, intervals: [100] },
      )
      .toBeGreaterThanOrEqual(4);
    for (const tab of [page, other]) await expect(rowOf(tab, 'Current Session')).toBeVisible();

    const thief = { authorization: `Bearer ${first.text}` };
    const caught = await page.request.get(`${rollcall.url}/api/Authentication`, { headers: { ...thief, cookie: '' } });
    expect(await caught.json()).toMatchObject({ code: 'session-ended', endReason: 'token-reuse' });
    await other.reload();
    await expect(other).toHaveURL(/sign-in/);
    await expect(other.getByText(/token was used twice/)).toBeVisible();

    await signInOn(page, rollcall.administrator, `${rollcall.url}/sign-in`);
    const stolen = page.getByRole('row').filter({ hasText: 'Token used twice' });
    await stolen.getByRole('cell').first().getByRole('link').click();
    const details = page.getByRole('dialog');
    await expect(details.getByText('An outdated token was used. The session was ended.')).toBeVisible();
    // The fourth was handed out: whether it came into use is a matter of time, the second and the third did.
    expect(await details.getByText('The next token came into use.').count()).toBeGreaterThanOrEqual(2);
    await page.keyboard.press('Escape');
    await expect(stolen.getByRole('cell').first().getByRole('link')).toBeFocused();
  } finally {
    await rollcall.end();
  }
});

async function refresh(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Refresh' }).click();
  await expect(page.getByRole('row').nth(1)).toBeVisible();
}
