import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Rollcall as Client } from '@rollcall/sdk';
import { expectShownAsText, follow, hostileEmail, hostileName, watchForScripts } from '../src/hostile-text.ts';
import { type Rollcall, startRollcall } from '../src/rollcall.ts';
import { expect, signInOn, test } from '../src/test.ts';

const password = 'correct horse battery staple';
const organization = { slug: 'hostile', name: hostileName('organization') };
const administrator = { email: hostileEmail('a'), password };
const member = { email: hostileEmail('m'), password };
const program = hostileEmail('p');
const sessionName = hostileName('session');
const userAgent = hostileName('agent');
const keyName = hostileName('key');
const view = { name: hostileName('view'), search: hostileName('search') };
const provider = {
  clientId: hostileName('client'),
  groupClaim: hostileName('claim'),
  administratorGroups: [hostileName('group')],
};
const attempted = hostileEmail('t');

let rollcall: Rollcall;
let discovery: Discovery;
let found: { member: string; program: string; session: string; ended: string };

interface Discovery {
  readonly issuer: string;
  end(): Promise<void>;
}

/** A provider that can be discovered, which is all that it takes to be chosen. */
async function startDiscovery(): Promise<Discovery> {
  const server = createServer((_, answer) => {
    answer.setHeader('Content-Type', 'application/json').end(JSON.stringify(documentOf(issuer)));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  const issuer = `http://127.0.0.1:${address.port}`;
  return {
    issuer,
    async end() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

function documentOf(issuer: string): object {
  return {
    issuer,
    ...{ authorization_endpoint: `${issuer}/authorize`, token_endpoint: `${issuer}/token`, jwks_uri: `${issuer}/jwks` },
    ...{ response_types_supported: ['code'], subject_types_supported: ['public'] },
    id_token_signing_alg_values_supported: ['RS256'],
  };
}

/** Every text that a person or a program can write, written by the worst of them. */
async function writeEverything(client: Client) {
  await client.signIn({ ...administrator, organization: organization.slug });
  await client.users.invite({ email: program, accountType: 'service' });
  await client.users.invite({ email: member.email });
  const { users } = await client.users.list();
  const idOf = (email: string) => users.find((user) => user.email === email)?.userId ?? '';
  const link = (await client.users.resetPassword(idOf(member.email))).passwordLink.url;
  await client.choosePassword({ link: new URL(link).hash.slice(1), password });
  await client.apiKeys.make({ name: keyName, userId: idOf(program) });
  await client.apiKeys.make({ name: keyName });
  await client.singleSignOn.setProvider({ ...provider, issuer: discovery.issuer, clientSecret: null });
  await client.saveView({ ...view, isShared: true });
  await (await client.exportSessions({ search: `"${view.search.replaceAll('"', '')}"` })).body.cancel();
  const asMember = rollcall.client(userAgent);
  const signIn = async () =>
    (await asMember.signIn({ ...member, organization: organization.slug, sessionName })).session;
  const [session, ended] = [await signIn(), await signIn()];
  await asMember.signOut();
  await asMember.signIn({ email: attempted, password, organization: organization.slug }).catch(() => undefined);
  return {
    ...{ member: idOf(member.email), program: idOf(program) },
    ...{ session: session.requestId, ended: ended.requestId },
  };
}

test.beforeAll(async () => {
  discovery = await startDiscovery();
  rollcall = await startRollcall();
  const { slug, name } = organization;
  const words = ['--organization', slug, '--name', name, '--email', administrator.email, '--password-stdin'];
  await rollcall.command(['organization', 'create', ...words], administrator.password);
  found = await writeEverything(rollcall.client(userAgent));
});
test.afterAll(async () => {
  await rollcall.end();
  await discovery.end();
});
test.beforeEach(async ({ page }) => {
  await watchForScripts(page);
  // The page about one's own address shows what was written into this header.
  await page.setExtraHTTPHeaders({ 'x-forwarded-for': hostileName('address') });
});

const list = '/system/user-sessions';
const allColumns = 'columns=userEmail,sessionName,userAgent,isActive,authMethod,clientType';

/** Every page that shows one of the texts, and which. */
const pages = (): [address: string, texts: string[]][] => [
  [`${list}?${allColumns}`, [member.email, administrator.email, sessionName, userAgent]],
  [`${list}?search=${encodeURIComponent(view.search)}`, [view.search]],
  [`${list}/${found.session}`, [member.email, sessionName, userAgent]],
  [`${list}/${found.ended}`, [member.email, sessionName, userAgent]],
  [`${list}/${found.session}/terminate`, [member.email, sessionName]],
  [`${list}/terminate-selected?id=${found.session}`, [member.email, sessionName]],
  [`${list}/terminate?search=${encodeURIComponent('session')}`, ['session']],
  [`${list}/export?search=${encodeURIComponent(view.search)}`, [view.search]],
  [`${list}/views?search=${encodeURIComponent(view.search)}`, [view.name, view.search]],
  ['/system/users', [administrator.email, member.email, program]],
  [`/system/users?search=${encodeURIComponent(view.search)}`, [view.search]],
  [`/system/users/${found.member}`, [member.email]],
  [`/system/users/${found.member}/disable`, [member.email]],
  [`/system/users/${found.member}/remove`, [member.email]],
  [`/system/users/${found.member}/reset-password`, [member.email]],
  ['/system/api-keys', [program, keyName]],
  ['/system/audit?pageSize=100', [attempted, administrator.email, member.email, program, keyName, view.name]],
  [`/system/audit?search=${encodeURIComponent(view.search)}`, [view.search]],
  ['/system/network', [hostileName('address')]],
  ['/system/organization', [organization.name]],
  ['/system/single-sign-on', [provider.clientId, provider.groupClaim]],
  ['/account', [administrator.email, organization.name, keyName]],
];

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with scripts' : 'without scripts', () => {
    test.use({ javaScriptEnabled });

    test('every page shows hostile texts as texts', async ({ page }) => {
      test.slow();
      await signInOn(page, administrator, `${rollcall.url}/sign-in/${organization.slug}`);
      for (const [address, texts] of pages()) {
        await test.step(address, async () => {
          await page.goto(rollcall.url + address);
          await expectShownAsText(page, texts);
        });
      }
    });
  });
}

test('pages that are made in the browser show them as texts too', async ({ page }) => {
  test.slow();
  await signInOn(page, administrator, `${rollcall.url}/sign-in/${organization.slug}`);
  const loads = new Set<number>();
  for (const [address, texts] of pages()) {
    await test.step(address, async () => {
      loads.add(await follow(page, address));
      await expectShownAsText(page, texts);
    });
  }
  // The first may have come before the scripts.
  expect(loads.size).toBeLessThanOrEqual(2);
});

test('what follows an action shows them as texts', async ({ page }) => {
  await signInOn(page, administrator, `${rollcall.url}/sign-in/${organization.slug}`);
  const spare = rollcall.client(userAgent);
  const named = { ...member, organization: organization.slug, sessionName: hostileName('spare') };
  const { session } = await spare.signIn(named);
  await test.step('a session was terminated', async () => {
    await page.goto(`${rollcall.url}${list}/${session.requestId}/terminate`);
    await page.getByRole('button', { name: /^Terminate/ }).click();
    await expect(page.getByText('was terminated.')).toBeVisible();
    await expectShownAsText(page, [`“${named.sessionName}” of ${member.email} was terminated.`]);
  });
  await test.step('a user was disabled', async () => {
    await page.goto(`${rollcall.url}/system/users/${found.program}/disable`);
    await page.getByRole('button', { name: /^Disable/ }).click();
    await expectShownAsText(page, [`${program} was disabled.`]);
  });
  await test.step('an e-mail is taken', async () => {
    await page.goto(`${rollcall.url}/system/users/invite`);
    await page.getByLabel('E-mail').fill(member.email);
    await page.getByRole('button', { name: 'Invite' }).click();
    await expect(page.getByRole('dialog').getByLabel('E-mail')).toHaveAttribute('aria-invalid', 'true');
    await expectShownAsText(page, [member.email]);
  });
  await test.step('a key was made', async () => {
    await page.goto(`${rollcall.url}/account`);
    await page.getByLabel('Name', { exact: true }).fill(hostileName('made'));
    await page.getByRole('button', { name: 'Make a key' }).click();
    await expectShownAsText(page, [`The key “${hostileName('made')}”, ready to be copied`]);
  });
  await test.step('signing in failed', async () => {
    await page.context().clearCookies();
    await page.goto(`${rollcall.url}/sign-in`);
    await page.getByLabel('E-mail').fill(attempted);
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByLabel('Organization').fill(hostileName('slug'));
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.getByLabel('Organization')).toHaveAttribute('aria-invalid', 'true');
    await expectShownAsText(page, [attempted, hostileName('slug')]);
  });
  await test.step('a link is none', async () => {
    await page.goto(`${rollcall.url}/choose-password#${encodeURIComponent(hostileName('link'))}`);
    await page.getByLabel('New password', { exact: true }).fill(password);
    await page.getByLabel('New password, again').fill(password);
    await page.getByRole('button', { name: 'Choose password' }).click();
    await expectShownAsText(page, ['This link is used, out of date or not whole.']);
  });
  await test.step('there is no such page', async () => {
    await page.goto(`${rollcall.url}/${encodeURIComponent(hostileName('nowhere'))}`);
    await expectShownAsText(page, ['There is no such page']);
  });
});
