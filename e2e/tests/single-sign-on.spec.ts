import type { Browser, Page } from '@playwright/test';
import { chooseAccount, type ExampleProvider, startExampleProvider } from '../src/example-provider.ts';
import type { Rollcall } from '../src/rollcall.ts';
import { test as base, createUser, expect, signInOn } from '../src/test.ts';
import { violationsOn } from '../src/violations.ts';

/** One provider for each worker, as its product is one: single sign-on is an organization's. */
const test = base.extend<object, { provider: ExampleProvider }>({
  provider: [
    async ({ rollcall }, use) => {
      const provider = await startExampleProvider(rollcall.url, await addressesOf(rollcall));
      await use(provider);
      await provider.stop();
    },
    { scope: 'worker' },
  ],
});

test.describe.configure({ mode: 'serial' });

async function addressesOf(rollcall: Rollcall) {
  const administrator = rollcall.client();
  await administrator.signIn(rollcall.administrator);
  const { addresses } = await administrator.singleSignOn.provider();
  await administrator.signOut();
  return addresses;
}

const withIt = { name: 'Sign in with single sign-on' };

/** A browser of somebody else, in which nobody is signed in anywhere. */
async function pageOfSomebody(browser: Browser, rollcall: Rollcall, options = {}): Promise<Page> {
  const context = await browser.newContext({ baseURL: rollcall.url, ...options });
  return await context.newPage();
}

async function comeIn(page: Page, account: string | RegExp): Promise<void> {
  await page.goto('/sign-in/default');
  await page.getByRole('link', withIt).click();
  await chooseAccount(page, account);
}

/** It opens once the scripts are there. */
async function openUserMenu(page: Page): Promise<void> {
  const signingOut = page.getByRole('menuitem', { name: 'Sign out' });
  await expect(async () => {
    if (!(await signingOut.isVisible())) await page.getByRole('button', { name: /User menu/ }).click();
    await expect(signingOut).toBeVisible({ timeout: 500 });
  }).toPass();
}

async function signOut(page: Page): Promise<void> {
  await openUserMenu(page);
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
}

test('it is not offered before there is a provider, and whoever asks for it all the same is told so', async ({
  page,
}) => {
  await page.goto('/sign-in/default');
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible();
  await expect(page.getByRole('link', withIt)).toHaveCount(0);
  await page.goto('/api/SingleSignOn?organization=default');
  await expect(page.getByRole('alert')).toContainText('Single sign-on is not offered here.');
});

test('what is typed before the scripts are there stays', async ({ console: page }) => {
  const { promise: typed, resolve: release } = Promise.withResolvers<void>();
  await page.route('**/*.js', async (route) => {
    await typed;
    await route.continue();
  });
  await page.goto('/system/single-sign-on', { waitUntil: 'commit' });
  await page.getByLabel('Issuer').fill('https://typed.example.com');
  release();
  await openUserMenu(page);
  await expect(page.getByRole('textbox', { name: 'Issuer', includeHidden: true })).toHaveValue(
    'https://typed.example.com',
  );
});

test('an administrator sets it up, with what was wrong told beside the fields', async ({ console: page, provider }) => {
  await page.goto('/system/single-sign-on');
  await expect(page.getByRole('heading', { name: 'Not set up yet' })).toBeVisible();
  await page.getByLabel('Issuer').fill('http://localhost:1/nobody-is-there');
  await page.getByLabel('Client id').fill(provider.clientId);
  await page.getByLabel('E-mail domains that join').fill('example.com, nowhere');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByLabel('E-mail domains that join')).toHaveAccessibleDescription(/“nowhere” is no domain/);
  await expect(page.getByLabel('E-mail domains that join')).toBeFocused();
  await page.getByLabel('E-mail domains that join').fill('example.com');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByLabel('Issuer')).toHaveAccessibleDescription(/cannot be reached/);
  await page.getByLabel('Issuer').fill(`${provider.issuer}/.well-known/openid-configuration`);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByLabel('Client secret')).toHaveAccessibleDescription(/Enter the secret/);
  await page.getByLabel('Client secret').fill(provider.clientSecret);
  await page.getByLabel('Scopes').fill('openid email profile groups');
  await page.getByLabel('Group claim').fill('groups');
  await page.getByLabel('Administrator groups').fill('admins');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Saved. The sign-in page offers it now.')).toBeVisible();
  await expect(page.getByLabel('Issuer')).toHaveValue(provider.issuer);
  await expect(page.getByLabel('Client secret')).toHaveValue('');
  await expect(page.getByText('anybody of example.com')).toBeVisible();

  await page.getByLabel('Administrator groups').fill('admins\nOther Admins');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('textbox', { name: 'Administrator groups' })).toHaveValue('admins\nOther Admins');
  await expect(page.getByRole('button', { name: 'Save' })).toBeFocused();
});

for (const javaScriptEnabled of [true, false]) {
  test(`people come in, ${javaScriptEnabled ? 'with' : 'without'} scripts, each as what their groups say`, async ({
    browser,
    rollcall,
  }) => {
    const ada = await pageOfSomebody(browser, rollcall, { javaScriptEnabled });
    await ada.goto('/system/user-sessions?search=auth:sso');
    await expect(ada).toHaveURL(/\/sign-in\?next=/);
    await ada.getByRole('link', withIt).click();
    await chooseAccount(ada, /Ada/);
    await expect(ada).toHaveURL(/\/system\/user-sessions\?search=auth(:|%3A)sso$/);
    const own = ada.getByRole('row').filter({ hasText: 'Current Session' });
    await expect(own).toContainText('ada@example.com');
    await expect(own).toContainText('single sign-on');
    await own.getByRole('link', { name: /^Chrome on/ }).click();
    await expect(ada.getByText('password, one-time code (pwd, otp)')).toBeVisible();
    await expect(ada.getByText('urn:example:two-factors')).toBeVisible();

    const grace = await pageOfSomebody(browser, rollcall, { javaScriptEnabled });
    await comeIn(grace, /Grace/);
    await expect(grace.getByText('grace@example.com, Member of')).toBeVisible();
    const active = grace.getByRole('list', { name: 'Active sessions' }).getByRole('listitem');
    await expect(active.filter({ hasText: 'This session' })).toContainText('single sign-on: password, one-time code');
    await grace.goto('/system/single-sign-on');
    await expect(grace.getByText('It takes the permission integrations:manage')).toBeVisible();
  });
}

test('whoever cancels at the provider is told so, and comes in with their password', async ({ page, rollcall }) => {
  await comeIn(page, 'Cancel');
  await expect(page.getByRole('alert')).toContainText('it was cancelled or refused at your organization’s provider');
  await signInOn(page, rollcall.administrator, page.url());
  await expect(page.getByRole('heading', { name: 'User Sessions' })).toBeVisible();
});

test('a provider that is down is told of, and keeps nobody out who has a password', async ({
  page,
  rollcall,
  provider,
}) => {
  await provider.stop();
  await page.goto('/sign-in/default?next=%2Faccount');
  await page.getByRole('link', withIt).click();
  await expect(page.getByRole('alert')).toContainText('does not answer at the moment');
  await signInOn(page, rollcall.administrator, page.url());
  await expect(page.getByRole('heading', { name: 'My account' })).toBeVisible();
  await provider.start();
});

test('whoever signs out may do so at the provider, too', async ({ page }) => {
  const broken: string[] = [];
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) broken.push(message.text());
  });
  await comeIn(page, /Ada/);
  await signOut(page);
  await expect(page.getByRole('heading', { name: 'You are signed out of Rollcall' })).toBeVisible();
  await page.goto('/account');
  await expect(page, 'the session has ended').toHaveURL(/\/sign-in\/default/);
  // Who they are is known there, and nobody is asked.
  await page.getByRole('link', withIt).click();
  await expect(page.getByRole('heading', { name: 'My account' })).toBeVisible();

  await signOut(page);
  await page.getByRole('link', { name: 'Sign out there, too' }).click();
  await page.getByRole('button', { name: 'Yes, sign me out' }).click();
  await expect(page).toHaveURL(/\/sign-in\/default\?reason=signed-out$/);
  await expect(page.getByText('You are signed out.')).toBeVisible();
  await page.getByRole('link', withIt).click();
  await expect(page.getByRole('heading', { name: 'Who are you?' })).toBeVisible();
  expect(broken).toEqual([]);
});

test('axe finds nothing on the pages of single sign-on, in both schemes', async ({ page, rollcall, browser }) => {
  test.slow();
  const administrator = await pageOfSomebody(browser, rollcall);
  await signInOn(administrator, rollcall.administrator);
  await comeIn(page, 'Cancel');
  await expectNoViolations(page);
  await comeIn(page, /Grace/);
  await expect(page.getByRole('heading', { name: 'My account' })).toBeVisible();
  await expectNoViolations(page);
  await signOut(page);
  await expect(page.getByRole('link', { name: 'Sign out there, too' })).toBeVisible();
  await expectNoViolations(page);
  await administrator.goto('/system/single-sign-on');
  await expectNoViolations(administrator);
  await administrator.getByLabel('Administrator groups').fill('admins');
  await administrator.getByLabel('Group claim').fill('');
  await administrator.getByRole('button', { name: 'Save' }).click();
  await expect(administrator.getByLabel('Group claim')).toHaveAccessibleDescription(/Enter the claim/);
  await expectNoViolations(administrator);
  await administrator.getByRole('link', { name: 'Remove' }).click();
  await expect(administrator.getByRole('alertdialog')).toBeVisible();
  await expectNoViolations(administrator);
  await administrator.getByRole('link', { name: 'Cancel' }).click();
  await expect(administrator.getByRole('link', { name: 'Remove' })).toBeFocused();
});

async function expectNoViolations(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await violationsOn(page), `${page.url()}, ${colorScheme}`).toEqual([]);
  }
}

test('whoever signs out at the provider is signed out here', async ({ page, provider }) => {
  await comeIn(page, /Grace/);
  await expect(page.getByRole('heading', { name: 'My account' })).toBeVisible();
  await page.goto(`${provider.issuer}/session/end`);
  await page.getByRole('button', { name: 'Yes, sign me out' }).click();
  await page.goto('/account');
  await expect(page).toHaveURL(/\/sign-in\/default\?reason=signed-out/);
  await expect(page.getByText('You are signed out.')).toBeVisible();
});

for (const state of ['is down', 'hangs'] as const)
  test(`a provider that ${state} keeps nobody signed in`, async ({ page, provider }) => {
    await comeIn(page, /Grace/);
    await expect(page.getByRole('heading', { name: 'My account' })).toBeVisible();
    if (state === 'hangs') provider.freeze();
    else await provider.stop();
    await signOut(page);
    await expect(page).toHaveURL(/\/sign-in\/default\?reason=signed-out$/);
    await page.goto('/account');
    await expect(page).toHaveURL(/\/sign-in\/default\?next=/);
    await provider.stop();
    await provider.start();
  });

test('it is turned off and removed, without scripts', async ({ browser, rollcall, provider }) => {
  const page = await pageOfSomebody(browser, rollcall, { javaScriptEnabled: false });
  await signInOn(page, rollcall.administrator);
  await page.goto('/system/single-sign-on');
  await page.getByLabel('Offer it on the sign-in page').uncheck();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Saved. Nobody comes in through it while it is off.')).toBeVisible();
  const somebody = await pageOfSomebody(browser, rollcall);
  await somebody.goto('/sign-in/default');
  await expect(somebody.getByRole('link', withIt)).toHaveCount(0);

  await page.getByLabel('Issuer').fill('https://nobody.invalid');
  await page.getByLabel('Client secret').fill('something');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('cannot be reached')).toBeVisible();
  await expect(page.getByLabel('Issuer')).toHaveValue('https://nobody.invalid');
  await expect(page.getByLabel('Client secret')).toHaveValue('');
  await expect(page.getByLabel('Offer it on the sign-in page')).not.toBeChecked();

  await page.getByRole('link', { name: 'Remove' }).click();
  await expect(page.getByRole('alertdialog')).toContainText(provider.issuer);
  await page.getByRole('button', { name: 'Remove' }).click();
  await expect(page.getByText('The provider was removed.')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Not set up yet' })).toBeVisible();
});

test('a provider is trusted with no more than whoever chose it', async ({ browser, rollcall, provider }) => {
  const integrator = await createUser(rollcall);
  const administrator = rollcall.client();
  await administrator.signIn(rollcall.administrator);
  const [user] = (await administrator.users.list({ search: integrator.email })).users;
  if (!user) throw new Error('the integrator is missing');
  await administrator.users.change(user.userId, { role: 'member', permissions: ['integrations:manage'] });

  const page = await pageOfSomebody(browser, rollcall);
  await signInOn(page, integrator);
  await page.goto('/system/single-sign-on');
  await expect(page.getByText('lets nobody in who may do more than you')).toBeVisible();
  await expect(page.getByLabel('Administrator groups')).not.toBeEditable();
  await page.getByLabel('Issuer').fill(provider.issuer);
  await page.getByLabel('Client id').fill(provider.clientId);
  await page.getByLabel('Client secret').fill(provider.clientSecret);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('no more than whoever chose it: manage integrations.')).toBeVisible();

  // An administrator by now, by what her groups were.
  const ada = await pageOfSomebody(browser, rollcall);
  await comeIn(ada, /Ada/);
  await expect(ada.getByRole('alert')).toContainText('You may do more than single sign-on is trusted with.');

  const provided = { clientId: provider.clientId, issuer: provider.issuer, groupClaim: 'groups' };
  await administrator.singleSignOn.setProvider({ ...provided, administratorGroups: ['admins'] });
  await page.goto('/system/single-sign-on');
  for (const label of ['Issuer', 'Client id', 'Group claim', 'Administrator groups']) {
    await expect(page.getByLabel(label, { exact: true })).not.toBeEditable();
  }
  await page.getByLabel('E-mail domains that join').fill('example.com');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('anybody of example.com')).toBeVisible();
  await expect(page.getByText('an administrator chose it')).toBeVisible();
});
