import { startRollcall } from '../src/rollcall.ts';
import { createUser, expect, signInFrom, signInOn, test } from '../src/test.ts';

test('an ordinary member gets a page that says why, and only their own sessions', async ({ page, rollcall }) => {
  const member = await createUser(rollcall);
  const stranger = await createUser(rollcall);
  const { session } = await signInFrom(rollcall, stranger, { sessionName: 'Somebody else’s' });
  await signInOn(page, member);
  await page.goto('/system/user-sessions');
  await expect(page.getByText(/administrator/i).first()).toBeVisible();
  await expect(page.getByRole('table')).toBeHidden();

  const client = rollcall.client();
  await client.signIn(member);
  const { sessions } = await client.listSessions();
  expect(new Set(sessions.map(({ userEmail }) => userEmail))).toEqual(new Set([member.email]));
  await expect(client.getSession(session.requestId)).rejects.toMatchObject({ code: 'not-found' });
  await expect(client.endSession(session.requestId)).rejects.toMatchObject({ code: 'forbidden' });
});

test('another organization is not there', async ({ page }) => {
  const rollcall = await startRollcall();
  try {
    await rollcall.command(['demo', '--organization', 'elsewhere', '--sessions', '30', '--seed', '1']);
    const foreigner = await createUser(rollcall, { role: 'administrator', organization: 'elsewhere' });
    const home = rollcall.client();
    const { organization } = await home
      .signIn({ ...rollcall.administrator, organization: 'default' })
      .then(() => home.whoAmI());
    const own = await home.listSessions();
    expect(own.total).toBe(1);

    await page.context().clearCookies();
    await signInOn(page, foreigner, `${rollcall.url}/sign-in/elsewhere`);
    await expect(page.getByText(/Total 3\d items/)).toBeVisible();
    await page.goto(`${rollcall.url}/system/user-sessions?search=${rollcall.administrator.email}`);
    await expect(page.getByText('No sessions match')).toBeVisible();

    const abroad = rollcall.client();
    await abroad.signIn({ ...foreigner, organization: 'elsewhere' });
    const [session] = own.sessions;
    if (!session) throw new Error(`${organization.slug} has no session`);
    await expect(abroad.getSession(session.requestId)).rejects.toMatchObject({ code: 'not-found' });
    await expect(abroad.endSession(session.requestId)).rejects.toMatchObject({ code: 'not-found' });
  } finally {
    await rollcall.end();
  }
});

test('records the browser’s own address and user agent', async ({ browser, rollcall }) => {
  const context = await browser.newContext({
    baseURL: rollcall.url,
    userAgent:
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36',
    extraHTTPHeaders: { 'x-forwarded-for': '203.0.113.99' },
  });
  const user = await createUser(rollcall, { role: 'administrator' });
  await signInOn(await context.newPage(), user);
  const administrator = rollcall.client();
  await administrator.signIn(rollcall.administrator);
  const { sessions } = await administrator.listSessions({ search: user.email });
  expect(sessions).toHaveLength(1);
  expect(sessions[0]).toMatchObject({
    sessionName: 'Chrome on macOS',
    clientType: 'console',
    ipAddress: expect.stringMatching(/^(127\.0\.0\.1|::1)$/),
  });
  await context.close();
});
