import { expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import SessionListInFrame from '../../../test/SessionListInFrame.svelte';
import { administrator, listOf, now, someSession } from '../../../test/sessions.ts';
import { usualQuery } from './list-address.ts';

function renderList(query = usualQuery, { sessions = [someSession()], total = 25 } = {}) {
  const list = { ...listOf(...sessions), total, page: query.page, pageSize: query.pageSize };
  const given = { list, query, actor: administrator, onsearch: vi.fn() };
  return render(SessionListInFrame, { ...given, now, timeZone: 'Asia/Kolkata' });
}

test('says under the field that a search was given up, and keeps what was there', async () => {
  const list = { ...listOf(someSession()), total: 1 };
  const given = { list, query: { ...usualQuery, search: 'a b c' }, actor: administrator, onsearch: vi.fn() };
  const screen = await render(SessionListInFrame, { ...given, isTooSlow: true, now, timeZone: 'UTC' });
  await expect
    .element(screen.getByRole('status'))
    .toHaveTextContent(
      'This search takes too long. Ask for something narrower: more letters, another word, a shorter time.',
    );
  await expect.element(screen.getByText(someSession().userEmail)).toBeVisible();
  await screen.rerender({ list: { ...listOf(), total: 0 } });
  expect(screen.getByText('No sessions match').query()).toBeNull();
});

function hrefOf(name: string): string | null {
  return page.getByRole('link', { name }).element().getAttribute('href');
}

test('says which zone the times are in', async () => {
  const screen = await renderList();
  await expect.element(screen.getByText('Times in Asia/Kolkata')).toBeVisible();
});

test('counts all items, and leads to the pages around', async () => {
  const screen = await renderList({ ...usualQuery, page: 2 });
  await expect.element(screen.getByText('Total 25 items')).toBeVisible();
  await expect.element(screen.getByText('Page 2 of 3')).toBeVisible();
  expect(hrefOf('First page')).toBe('/system/user-sessions');
  expect(hrefOf('Previous page')).toBe('/system/user-sessions');
  expect(hrefOf('Next page')).toBe('/system/user-sessions?page=3');
  expect(hrefOf('Last page')).toBe('/system/user-sessions?page=3');
});

test('leads nowhere beyond the last page', async () => {
  const screen = await renderList({ ...usualQuery, page: 3 });
  for (const name of ['Next page', 'Last page']) {
    expect(hrefOf(name)).toBeNull();
    expect(screen.getByRole('link', { name }).element().ariaDisabled).toBe('true');
  }
});

test('offers 10, 20, 50 and 100 rows', async () => {
  const screen = await renderList({ ...usualQuery, page: 2 });
  const sizes = screen.getByRole('navigation', { name: 'Rows per page' }).getByRole('link').elements();
  expect(sizes.map((link) => link.textContent.trim())).toEqual(['10', '20', '50', '100']);
  expect(sizes.map((link) => link.ariaCurrent)).toEqual(['true', null, null, null]);
  expect(sizes[1]?.getAttribute('href')).toBe('/system/user-sessions?pageSize=20');
});

test('filters by status', async () => {
  await renderList({ ...usualQuery, status: 'active' });
  expect(page.getByRole('link', { name: 'Active', exact: true }).element().ariaCurrent).toBe('true');
  expect(hrefOf('Inactive')).toBe('/system/user-sessions?status=inactive');
  expect(hrefOf('All')).toBe('/system/user-sessions');
});

test('says that nothing was found, for what, and how to go on', async () => {
  const screen = await renderList({ ...usualQuery, search: '<b>nobody', status: 'active' }, { sessions: [], total: 0 });
  await expect.element(screen.getByText('No sessions match')).toBeVisible();
  await expect.element(screen.getByText('“<b>nobody” among active sessions', { exact: false })).toBeVisible();
  expect(hrefOf('Clear search')).toBe('/system/user-sessions?status=active');
});

test('tells an empty filter from an empty organization', async () => {
  const filtered = await renderList({ ...usualQuery, status: 'inactive' }, { sessions: [], total: 0 });
  await expect.element(filtered.getByText('No inactive sessions')).toBeVisible();
  expect(hrefOf('Show all sessions')).toBe('/system/user-sessions');
  await filtered.unmount();
  const empty = await renderList(usualQuery, { sessions: [], total: 0 });
  await expect.element(empty.getByText('No sessions yet')).toBeVisible();
});

test('takes the same room for few sessions as for ten', async () => {
  const ids = Array.from({ length: 10 }, (_, i) => `0190f2f0-7c1e-7aaa-8bbb-00000000001${i}`);
  const full = await renderList(usualQuery, { sessions: ids.map((requestId) => someSession({ requestId })) });
  const height = full.getByRole('region', { name: 'Sessions', exact: true }).element().clientHeight;
  await full.unmount();
  const found = await renderList({ ...usualQuery, search: 'ada' }, { total: 1 });
  expect(found.getByRole('region', { name: 'Sessions', exact: true }).element().clientHeight).toBe(height);
});

test('/ leads to the search field, unless one is writing', async () => {
  const screen = await renderList();
  const field = screen.getByRole('combobox');
  await userEvent.keyboard('/');
  expect(document.activeElement).toBe(field.element());
  await expect.element(field).toHaveValue('');
  await userEvent.keyboard('/');
  await expect.element(field).toHaveValue('/');
});
