import { test as base, expect, type Page } from '@playwright/test';
import type { Session } from '@rollcall/sdk';
import { type Rollcall, startRollcall } from './rollcall.ts';

export { expect };

interface Fixtures {
  /** A page on which the administrator has signed in and looks at the sessions. */
  readonly console: Page;
}

/** Tests with a running product, one for each worker. */
export const test = base.extend<Fixtures, { rollcall: Rollcall }>({
  rollcall: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern to know what a fixture needs
    async ({}, use) => {
      const rollcall = await startRollcall();
      await use(rollcall);
      await rollcall.end();
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ rollcall }, use) => use(rollcall.url),
  console: async ({ page, rollcall }, use) => {
    await signInOn(page, rollcall.administrator);
    await use(page);
  },
});

export interface Credentials {
  readonly email: string;
  readonly password: string;
}

/** Fills in the sign-in page and waits for what comes after it. */
export async function signInOn(page: Page, { email, password }: Credentials, address = '/sign-in'): Promise<void> {
  await page.goto(address);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).not.toHaveURL(/sign-in/);
}

/** What an application on some device would send. */
export interface Device {
  readonly sessionName: string;
  readonly ipAddress?: string;
  readonly userAgent?: string;
}

/** Signs somebody in from a device, through an application that may report its clients' addresses. */
export async function signInFrom(
  rollcall: Rollcall,
  { email, password }: Credentials,
  { sessionName, ipAddress = '203.0.113.7', userAgent = 'curl/8.9.1' }: Device,
): Promise<{ session: Session; token: string }> {
  const application = rollcall.client();
  await application.signIn(rollcall.administrator);
  const { data, error } = await application.api.POST('/api/Authentication', {
    body: { method: 'password', email, password, sessionName, client: { ipAddress, userAgent } },
  });
  await application.signOut();
  if (!data?.token) throw new Error(`${email} could not sign in: ${JSON.stringify(error)}`);
  return { session: data.session, token: data.token };
}

/** A user made for one test, so that tests side by side do not meet. */
export async function createUser(
  rollcall: Rollcall,
  { role = 'member', organization }: { role?: 'administrator' | 'member'; organization?: string } = {},
): Promise<Credentials> {
  const user = { email: `${crypto.randomUUID()}@example.com`, password: 'a password that nobody guesses' };
  const where = organization === undefined ? [] : ['--organization', organization];
  await rollcall.command(
    ['user', 'create', '--email', user.email, '--role', role, '--password-stdin', ...where],
    user.password,
  );
  return user;
}

/** The row of the table that shows a session of that name. */
export function rowOf(page: Page, sessionName: string) {
  return page.getByRole('row').filter({ has: page.getByText(sessionName, { exact: true }) });
}
