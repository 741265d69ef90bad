import type { Page } from '@playwright/test';
import type * as Sdk from '@rollcall/sdk';
import { startRollcall } from '../src/rollcall.ts';
import { sdkScript } from '../src/sdk-script.ts';
import { expect, test } from '../src/test.ts';

declare const sdk: typeof Sdk;

// As often as the grace allows, which is the shortest that there is.
const oftenest = { ROLLCALL_TOKEN_ROTATE_AFTER: '0', ROLLCALL_TOKEN_GRACE: '1' };

test('tabs that share a token in localStorage go through rotations together, and one of them signs all out', async ({
  page,
  context,
}) => {
  test.setTimeout(90_000);
  const rollcall = await startRollcall(oftenest);
  try {
    const script = await sdkScript();
    const tabs = [page, await context.newPage(), await context.newPage()];
    for (const tab of tabs) {
      await tab.goto(`${rollcall.url}/sign-in`);
      await tab.evaluate(script);
    }
    const { administrator } = rollcall;
    await page.evaluate(async ({ email, password }) => {
      const tokens = sdk.localStorageTokenStore();
      await sdk.createRollcall({ baseUrl: '', tokens }).signIn({ email, password });
    }, administrator);
    expect(await numberIn(page)).toBe(1);

    await expect
      .poll(
        async () => {
          for (const answers of await Promise.all(tabs.map(askTenTimes))) {
            expect(answers).toEqual(Array.from({ length: 10 }, () => administrator.email));
          }
          return await numberIn(page);
        },
        { timeout: 60_000, intervals: [100] },
      )
      .toBeGreaterThanOrEqual(4);

    await page.evaluate(() => sdk.createRollcall({ baseUrl: '', tokens: sdk.localStorageTokenStore() }).signOut());
    for (const tab of tabs) expect(await askTenTimes(tab)).toEqual(Array.from({ length: 10 }, () => 'unauthenticated'));
  } finally {
    await rollcall.end();
  }
});

/** Whom the service takes the tab for, or why for nobody. */
function askTenTimes(tab: Page): Promise<string[]> {
  return tab.evaluate(async () => {
    const rollcall = sdk.createRollcall({ baseUrl: '', tokens: sdk.localStorageTokenStore() });
    const ask = () =>
      rollcall.whoAmI().then(
        ({ user }) => user.email,
        (error: unknown) => (error instanceof sdk.RollcallError ? error.code : String(error)),
      );
    return await Promise.all(Array.from({ length: 10 }, ask));
  });
}

/** The number of the token that the tabs share. */
async function numberIn(tab: Page): Promise<number> {
  return Number((await tab.evaluate(() => localStorage.getItem('rollcall')))?.split('.')[2]);
}
