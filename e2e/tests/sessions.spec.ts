import { createUser, expect, rowOf, signInFrom, signInOn, test } from '../src/test.ts';

const search = { name: 'Search sessions' };

test('an administrator signs in and finds the current session', async ({ console: page, rollcall }) => {
  await expect(page).toHaveURL(/\/system\/user-sessions/);
  await expect(page.getByRole('heading', { name: 'User Sessions' })).toBeVisible();
  await page.getByRole('combobox', search).fill(rollcall.administrator.email);
  const row = page.getByRole('row').filter({ hasText: 'Current Session' });
  await expect(row).toHaveCount(1);
  await expect(row).toContainText(rollcall.administrator.email);
  await expect(row).toContainText('Active');
});

test('shows the four figures and the nine columns in their order', async ({ console: page }) => {
  for (const card of ['Total Sessions', 'Active Sessions', 'Unique Users', 'Average Duration'])
    await expect(page.getByText(card, { exact: true })).toBeVisible();
  await expect(page.getByRole('columnheader')).toHaveText([
    /User/,
    /Session Name/,
    /IP Address/,
    /User Agent/,
    /Status/,
    /Created At/,
    /Last Activity/,
    /Duration/,
    /Actions/,
  ]);
});

test('a session from another device appears after Refresh', async ({ console: page, rollcall }) => {
  const user = await createUser(rollcall);
  await page.getByRole('combobox', search).fill(user.email);
  await expect(page.getByText('No sessions match')).toBeVisible();
  await signInFrom(rollcall, user, { sessionName: 'Kitchen tablet', ipAddress: '2001:db8::7' });
  await page.getByRole('button', { name: 'Refresh' }).click();
  const row = rowOf(page, 'Kitchen tablet');
  await expect(row).toContainText('2001:db8::7');
  await expect(row).toContainText(/\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}/);
  await expect(row).toContainText('just now');
  await expect(row).toContainText('0 min');
});

for (const field of ['e-mail', 'address', 'name'] as const)
  test(`finds a session by ${field}, whatever the case`, async ({ console: page, rollcall }) => {
    const user = await createUser(rollcall);
    const octet = Math.floor(Math.random() * 254) + 1;
    const device = { sessionName: `Laptop ${user.email.slice(0, 8)}`, ipAddress: `198.51.100.${octet}` };
    await signInFrom(rollcall, user, device);
    const text = { 'e-mail': user.email, address: `${device.ipAddress} ${user.email}`, name: device.sessionName }[
      field
    ];
    await page.getByRole('combobox', search).fill(text.toUpperCase());
    await expect(rowOf(page, device.sessionName)).toBeVisible();
    await expect(page.getByRole('row')).toHaveCount(2);
    await expect(page).toHaveURL(/search=/);
    await page.getByRole('combobox', search).fill(`${text} and something else`);
    await expect(page.getByText('No sessions match')).toBeVisible();
  });

test('pages and sorts', async ({ console: page, rollcall }) => {
  const user = await createUser(rollcall);
  for (let n = 10; n < 22; n += 1) await signInFrom(rollcall, user, { sessionName: `Device ${n}` });
  await page.goto(`/system/user-sessions?search=${user.email}`);
  await expect(page.getByText('Total 12 items')).toBeVisible();
  await expect(page.getByRole('row')).toHaveCount(11);
  await expect(page.getByRole('row').nth(1)).toContainText('Device 21');
  await page.getByRole('link', { name: 'Next page' }).click();
  await expect(page.getByRole('row')).toHaveCount(3);
  await expect(page.getByRole('row').nth(2)).toContainText('Device 10');
  await page.getByRole('columnheader', { name: 'Session Name' }).getByRole('link').click();
  await expect(page.getByRole('row').nth(1)).toContainText('Device 10');
  await expect(page.getByRole('columnheader', { name: 'Session Name' })).toHaveAttribute('aria-sort', 'ascending');
  await page.getByRole('columnheader', { name: 'Session Name' }).getByRole('link').click();
  await expect(page.getByRole('row').nth(1)).toContainText('Device 21');
});

test('ends a session: its token is refused and the audit trail has it', async ({ console: page, rollcall }) => {
  const user = await createUser(rollcall);
  const { session, token } = await signInFrom(rollcall, user, { sessionName: 'Lost phone' });
  const owner = await fetch(`${rollcall.url}/api/Authentication`, { headers: { authorization: `Bearer ${token}` } });
  expect(owner.status).toBe(200);

  await page.goto(`/system/user-sessions?search=${user.email}`);
  await rowOf(page, 'Lost phone')
    .getByRole('link', { name: /Terminate/ })
    .click();
  const dialog = page.getByRole('alertdialog');
  await expect(dialog).toContainText('Lost phone');
  await expect(dialog).toContainText(user.email);
  await dialog.getByRole('button', { name: /Terminate/ }).click();
  await expect(dialog).toBeHidden();
  await expect(rowOf(page, 'Lost phone')).toContainText('Inactive');

  const refused = await fetch(`${rollcall.url}/api/Authentication`, { headers: { authorization: `Bearer ${token}` } });
  expect(refused.status).toBe(401);
  expect(await refused.json()).toMatchObject({ code: 'session-ended', endReason: 'terminated' });

  const administrator = rollcall.client();
  await administrator.signIn(rollcall.administrator);
  const { data } = await administrator.api.GET('/api/AuditEvents', { params: { query: { pageSize: 100 } } });
  expect(data?.events).toContainEqual(
    expect.objectContaining({
      action: 'termination',
      outcome: 'success',
      actorEmail: rollcall.administrator.email,
      subjectEmail: user.email,
      subjectRequestId: session.requestId,
    }),
  );
});

test('ending one’s own session is warned of and leads to the sign-in page', async ({ page, rollcall }) => {
  const user = await createUser(rollcall, { role: 'administrator' });
  await signInOn(page, user);
  await page.goto(`/system/user-sessions?search=${user.email}`);
  const own = page.getByRole('row').filter({ hasText: 'Current Session' });
  await own.getByRole('link', { name: /Terminate/ }).click();
  const dialog = page.getByRole('alertdialog');
  await expect(dialog).toContainText(/signed out/i);
  await expect(dialog).toContainText(/save/i);
  await dialog.getByRole('button', { name: /Terminate/ }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  await page.goto('/system/user-sessions');
  await expect(page).toHaveURL(/\/sign-in/);
});

test('a cancelled termination changes nothing and gives focus back', async ({ console: page, rollcall }) => {
  const user = await createUser(rollcall);
  await signInFrom(rollcall, user, { sessionName: 'Kept' });
  await page.goto(`/system/user-sessions?search=${user.email}`);
  const terminate = rowOf(page, 'Kept').getByRole('link', { name: /Terminate/ });
  await terminate.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alertdialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('alertdialog')).toBeHidden();
  await expect(terminate).toBeFocused();
  await expect(rowOf(page, 'Kept')).toContainText('Active');
});

test('a session that ended in between is told, not an error page', async ({ console: page, rollcall }) => {
  const user = await createUser(rollcall);
  const { token } = await signInFrom(rollcall, user, { sessionName: 'Gone already' });
  await page.goto(`/system/user-sessions?search=${user.email}`);
  await rowOf(page, 'Gone already')
    .getByRole('link', { name: /Terminate/ })
    .click();
  await expect(page.getByRole('alertdialog')).toBeVisible();
  await fetch(`${rollcall.url}/api/Authentication`, {
    method: 'DELETE',
    headers: { authorization: `Bearer ${token}` },
  });
  await page
    .getByRole('alertdialog')
    .getByRole('button', { name: /Terminate/ })
    .click();
  await expect(page.getByText(/already ended/i)).toBeVisible();
  await expect(rowOf(page, 'Gone already')).toContainText('Inactive');
});

test('who is signed out while looking is told why', async ({ page, rollcall }) => {
  const user = await createUser(rollcall, { role: 'administrator' });
  await signInOn(page, user);
  const administrator = rollcall.client();
  await administrator.signIn(rollcall.administrator);
  const { sessions } = await administrator.listSessions({ search: user.email });
  for (const { requestId } of sessions) await administrator.endSession(requestId);
  await page.getByRole('button', { name: 'Refresh' }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  await expect(page.getByText(/ended by an administrator/i)).toBeVisible();
});

test('a long user agent is cut, and whole on hover and on focus', async ({ console: page, rollcall }) => {
  const user = await createUser(rollcall);
  const userAgent = `${'An agent with much to say '.repeat(8)}at the end`;
  await signInFrom(rollcall, user, { sessionName: 'Talkative', userAgent });
  await page.goto(`/system/user-sessions?search=${user.email}`);
  const cut = rowOf(page, 'Talkative').getByText(userAgent);
  const everywhere = page.getByText(userAgent);
  await expect(cut).toHaveCSS('text-overflow', 'ellipsis');
  await cut.hover();
  await expect(everywhere).toHaveCount(2);
  await page.mouse.move(0, 0);
  await expect(everywhere).toHaveCount(1);
  await page.getByRole('combobox', search).focus();
  await expect(async () => {
    await page.keyboard.press('Tab');
    await expect(everywhere).toHaveCount(2, { timeout: 200 });
  }).toPass();
});

test('a selection is ended, and nothing else', async ({ console: page, rollcall }) => {
  const user = await createUser(rollcall);
  for (const sessionName of ['First', 'Second', 'Third']) await signInFrom(rollcall, user, { sessionName });
  await page.goto(`/system/user-sessions?search=user:=${user.email}`);
  await expect(page.getByRole('button', { name: 'Terminate selected' })).toBeHidden();
  await page.getByRole('checkbox', { name: `Select First of ${user.email}` }).check();
  await page.getByRole('checkbox', { name: `Select Third of ${user.email}` }).check();
  await page.getByRole('button', { name: 'Terminate selected' }).click();
  const dialog = page.getByRole('alertdialog', { name: 'Terminate 2 sessions?' });
  await expect(dialog.getByRole('listitem')).toHaveCount(2);
  await dialog.getByRole('link', { name: 'Cancel' }).click();
  await expect(page.getByRole('checkbox', { name: `Select First of ${user.email}` })).toBeChecked();
  await page.getByRole('button', { name: 'Terminate selected' }).click();
  await dialog.getByRole('button', { name: 'Terminate 2 sessions' }).click();
  await expect(page.getByText('2 sessions were terminated.')).toBeVisible();
  await expect(rowOf(page, 'First')).toContainText('Inactive');
  await expect(rowOf(page, 'Second')).toContainText('Active');
  await expect(rowOf(page, 'Third')).toContainText('Inactive');
});

test('one’s own session in a selection is warned of', async ({ page, rollcall }) => {
  const administrator = await createUser(rollcall, { role: 'administrator' });
  await signInOn(page, administrator);
  await page.goto(`/system/user-sessions?search=user:=${administrator.email}`);
  await page.getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Terminate selected' }).click();
  await expect(page.getByText('You will be signed out immediately.')).toBeVisible();
  await page.getByRole('button', { name: 'Terminate and sign me out' }).click();
  await expect(page.getByText('You terminated the session that you were using.')).toBeVisible();
});
