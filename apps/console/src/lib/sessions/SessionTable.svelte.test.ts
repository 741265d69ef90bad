import { afterEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import SessionTableInFrame from '../../../test/SessionTableInFrame.svelte';
import { administrator, currentSession, endedSession, now, someSession } from '../../../test/sessions.ts';
import { usualQuery } from './list-address.ts';

afterEach(() => void vi.useRealTimers());

function renderTable(sessions = [currentSession(), someSession(), endedSession()], timeZone = 'Asia/Kolkata') {
  const given = { sessions, query: usualQuery, actor: administrator };
  return render(SessionTableInFrame, { ...given, now, timeZone });
}

test('has the nine columns in their order', async () => {
  const screen = await renderTable();
  expect(
    screen
      .getByRole('columnheader')
      .elements()
      .map((header) => header.textContent.trim()),
  ).toEqual([
    'User',
    'Session Name',
    'IP Address',
    'User Agent',
    'Status',
    'Created At',
    'Last Activity',
    'Duration',
    'Actions',
  ]);
});

test('shows a session in words', async () => {
  const screen = await renderTable([someSession()]);
  const cells = screen
    .getByRole('cell')
    .elements()
    .map((cell) => cell.textContent.replaceAll(/\s+/g, ' ').trim());
  expect(screen.getByRole('rowheader').element().textContent.trim()).toBe('ada@example.com');
  expect(cells).toEqual([
    'Chrome on macOS Console, password',
    '203.0.113.7',
    someSession().userAgent,
    'Active',
    '2026-11-23 13:02:19',
    '5 minutes ago',
    '125 min',
    'Terminate Chrome on macOS of ada@example.com',
  ]);
});

test('marks the current session, and no other one', async () => {
  const screen = await renderTable();
  await expect.element(screen.getByText('Current Session')).toBeVisible();
  expect(screen.getByRole('row', { name: 'Current Session', exact: false }).elements()).toHaveLength(1);
  await expect.element(screen.getByRole('rowheader').first()).toHaveTextContent('admin@example.com Current Session');
});

test('says of an inactive session why it ended', async () => {
  const screen = await renderTable([endedSession()]);
  await expect.element(screen.getByRole('cell').nth(3)).toHaveTextContent('Inactive Terminated');
});

test('tells a service account from a person', async () => {
  const screen = await renderTable([someSession({ accountType: 'service' })]);
  await expect.element(screen.getByText('Service account')).toBeVisible();
});

test('keeps the relative time current, and notices when a session runs out', async () => {
  vi.useFakeTimers({ now: Date.parse(now) });
  const screen = await renderTable([someSession({ expiresAt: '2026-11-23T09:50:00.000Z' })]);
  const status = screen.getByRole('cell').nth(3);
  expect(status.element().textContent).toContain('Active');
  await vi.advanceTimersByTimeAsync(10 * 60_000);
  expect(screen.getByRole('cell').nth(5).element().textContent).toBe('15 minutes ago');
  expect(status.element().textContent).toContain('Inactive');
  expect(screen.getByRole('link', { name: 'Terminate', exact: false }).element().ariaDisabled).toBe('true');
});

test('cuts a user agent to one line, and shows it whole on hover', async () => {
  const { userAgent } = someSession();
  const screen = await renderTable([someSession()]);
  const cell = screen.getByText(userAgent).element();
  expect(cell.scrollWidth).toBeGreaterThan(cell.clientWidth);
  expect(cell.getBoundingClientRect().height).toBeLessThan(20);
  await userEvent.hover(cell);
  await expect.element(screen.getByRole('tooltip')).toHaveTextContent(userAgent);
});

test('shows a user agent whole on focus too', async () => {
  const { userAgent } = someSession();
  const screen = await renderTable([someSession()]);
  screen.getByRole('link', { name: 'Chrome on macOS', exact: true }).element().focus();
  await userEvent.tab();
  expect(document.activeElement?.textContent.trim()).toBe(userAgent);
  await expect.element(screen.getByRole('tooltip')).toHaveTextContent(userAgent);
});

test('offers to terminate what is active, and says why not for the rest', async () => {
  const screen = await renderTable([someSession(), endedSession()]);
  const [active, ended] = screen.getByRole('link', { name: 'Terminate', exact: false }).elements();
  expect(active?.getAttribute('href')).toBe(`/system/user-sessions/${someSession().requestId}/terminate`);
  expect(ended?.hasAttribute('href')).toBe(false);
  expect(ended?.ariaDisabled).toBe('true');
  expect(ended?.textContent).toContain('only active sessions can be terminated');
});

test('sorts by what is clicked, and the other way round on the second click', async () => {
  const screen = await renderTable();
  const name = screen.getByRole('link', { name: 'Session Name' });
  expect(name.element().getAttribute('href')).toBe('/system/user-sessions?sort=sessionName');
  expect(screen.getByRole('link', { name: 'Last Activity' }).element().getAttribute('href')).toContain('-lastActivity');
  const createdAt = screen.getByRole('columnheader', { name: 'Created At' });
  expect(createdAt.element().ariaSort).toBe('descending');
  expect(createdAt.getByRole('link').element().getAttribute('href')).toBe('/system/user-sessions?sort=createdAt');
  expect(screen.getByRole('columnheader', { name: 'Actions' }).element().ariaSort).toBeNull();
});

test('scrolls inside itself where 1160 pixels do not fit', async () => {
  const screen = await renderTable();
  const region = screen.getByRole('region', { name: 'Table of sessions' }).element();
  expect(region.scrollWidth).toBe(region.clientWidth);
  await page.viewport(800, 600);
  expect(region.clientWidth).toBeLessThanOrEqual(800);
  expect(region.scrollWidth).toBe(1160);
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(800);
  await page.viewport(1600, 900);
});

test('leads from a session’s name to everything known of it', async () => {
  const screen = await renderTable([someSession()]);
  const details = screen.getByRole('link', { name: 'Chrome on macOS', exact: true });
  expect(details.element().getAttribute('href')).toBe(`/system/user-sessions/${someSession().requestId}`);
});

test('shows the columns that are chosen, in the order in which they are chosen', async () => {
  const query = { ...usualQuery, columns: ['endedAt', 'userEmail', 'authMethod'] as const };
  const given = { sessions: [endedSession()], query, actor: administrator, now };
  const screen = await render(SessionTableInFrame, given);
  const headers = screen.getByRole('columnheader').elements();
  expect(headers.map((header) => header.textContent.trim())).toEqual(['Ended At', 'User', 'Authentication', 'Actions']);
  await expect.element(screen.getByRole('rowheader')).toHaveTextContent('2026-11-23 09:40:00');
});
