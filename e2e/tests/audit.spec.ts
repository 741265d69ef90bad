import { createUser, expect, signInFrom, signInOn, test } from '../src/test.ts';

test('the audit trail says who did what to whom, and is narrowed by all of it', async ({ console: page, rollcall }) => {
  const user = await createUser(rollcall);
  const { session } = await signInFrom(rollcall, user, { sessionName: 'Watched', ipAddress: '198.51.100.9' });
  const stranger = rollcall.client();
  await expect(stranger.signIn({ email: user.email, password: 'a wrong password' })).rejects.toThrow();
  const administrator = rollcall.client();
  await administrator.signIn(rollcall.administrator);
  await administrator.endSession(session.requestId);

  await page.getByRole('navigation', { name: 'System' }).getByRole('link', { name: 'Audit' }).click();
  await page.getByLabel('By or about').fill(user.email.toUpperCase());
  await page.getByRole('button', { name: 'Filter' }).click();
  await expect(page).toHaveURL(new RegExp(`/system/audit\\?email=${encodeURIComponent(user.email.toUpperCase())}$`));
  await expect(page.getByText('Total 5 events')).toBeVisible();
  const rows = page.getByRole('row').filter({ has: page.getByRole('rowheader') });
  await expect(rows.getByRole('rowheader')).toContainText([
    'Termination confirmed',
    'Termination',
    'Sign-in',
    'Sign-in',
    'New user',
  ]);
  await expect(rows.nth(2)).toContainText('Refused');
  await expect(rows.nth(2)).toContainText('Because: The credentials are wrong');
  await expect(rows.nth(2)).toContainText('Somebody not signed in');
  await expect(rows.nth(3)).toContainText('198.51.100.9');

  await page.getByLabel('Outcome').selectOption('Done');
  await page.getByLabel('Action').selectOption('Termination');
  await page.getByRole('button', { name: 'Filter' }).click();
  await expect(page.getByText('Total 1 event', { exact: true })).toBeVisible();
  await expect(page.getByLabel('Outcome')).toHaveValue('success');
  await expect(rows).toContainText([rollcall.administrator.email]);

  await page.getByRole('link', { name: session.requestId.slice(-8) }).click();
  await expect(page.getByRole('dialog', { name: 'Watched' })).toBeVisible();
  await page.getByRole('link', { name: 'All events of this session' }).click();
  await expect(page.getByText('Total 3 events')).toBeVisible();

  await page.getByRole('textbox', { name: 'Session' }).fill('no-such-session');
  await page.getByRole('button', { name: 'Filter' }).click();
  await expect(page.getByText('“no-such-session” is no session’s id')).toBeVisible();
});

test('the audit trail is narrowed to a time on the viewer’s own clock', async ({ console: page, rollcall }) => {
  const { email } = await createUser(rollcall);
  await page.goto(`/system/audit?email=${email}`);
  const shown = await page.getByRole('time').first().textContent();
  // to the minute, as one types it
  const minute = (shown ?? '').slice(0, 16).replace(' ', 'T');
  await page.getByLabel('Since').fill(minute);
  await page.getByRole('button', { name: 'Filter' }).click();
  await expect(page.getByText('Total 1 event', { exact: true })).toBeVisible();
  await expect(page).toHaveURL(/since=\d{4}-\d\d-\d\dT\d\d%3A\d\d%3A00\.000Z/);
  await expect(page.getByLabel('Since')).toHaveValue(minute);
  await page.getByLabel('Since').fill('');
  await page.getByLabel('Before').fill(minute);
  await page.getByRole('button', { name: 'Filter' }).click();
  await expect(page.getByText('Nothing like that happened')).toBeVisible();
});

test('going on through the trail passes over nothing that happened before one came', async ({
  console: page,
  rollcall,
}) => {
  const user = await createUser(rollcall);
  for (let n = 0; n < 24; n += 1) await signInFrom(rollcall, user, { sessionName: `Terminal ${n}` });
  await page.goto(`/system/audit?email=${user.email}`);
  await signInFrom(rollcall, user, { sessionName: 'Meanwhile' });
  await page.getByRole('link', { name: 'Next page' }).click();
  await expect(page.getByText('Page 2 of 2')).toBeVisible();
  await expect(page.getByRole('rowheader')).toHaveCount(5);
  await page.getByRole('link', { name: 'Previous page' }).click();
  await expect(page.getByRole('rowheader')).toHaveCount(20);
  expect(new URL(page.url()).search).toBe(`?email=${encodeURIComponent(user.email)}`);
});

test('whoever may not read the trail is told what it takes', async ({ page, rollcall }) => {
  await signInOn(page, await createUser(rollcall));
  const answer = await page.goto('/system/audit');
  expect(answer?.status()).toBe(403);
  await expect(page.getByText('It takes the permission audit:read')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Audit' })).toHaveCount(0);
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('the audit trail is narrowed and paged', async ({ page, rollcall }) => {
    const user = await createUser(rollcall);
    for (let n = 0; n < 21; n += 1) await signInFrom(rollcall, user, { sessionName: `Terminal ${n}` });
    await signInOn(page, rollcall.administrator, '/sign-in?next=/system/audit');
    await page.getByLabel('By or about').fill(user.email);
    await page.getByLabel('Action').selectOption('Sign-in');
    await page.getByLabel('Since').fill('2020-01-01T00:00');
    await page.getByRole('button', { name: 'Filter' }).click();
    await expect(page.getByText('Total 21 events')).toBeVisible();
    const { searchParams } = new URL(page.url());
    expect(Object.fromEntries(searchParams)).toEqual({
      ...{ action: 'sign-in', email: user.email, since: '2020-01-01T00:00:00.000Z' },
    });
    await page.getByRole('link', { name: 'Next page' }).click();
    await expect(page.getByRole('rowheader')).toHaveCount(1);
    await page.getByRole('link', { name: 'Show all' }).click();
    await expect(page).toHaveURL(/\/system\/audit$/);
  });
});
