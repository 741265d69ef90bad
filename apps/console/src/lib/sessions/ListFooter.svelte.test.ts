import type { SearchError, SessionList } from '@rollcall/core/schema/session-list';
import { expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { someSession } from '../../../test/sessions.ts';
import ListFooter from './ListFooter.svelte';
import { type ListView, usualQuery } from './list-address.ts';

const full = Array.from({ length: 10 }, (_, index) => someSession({ requestId: String(index) }));
const query = { ...usualQuery, search: 'a', page: 3 };

test('of more than were counted says so, and how many pages there are is not known', async () => {
  const screen = await render(ListFooter, {
    query,
    list: { sessions: full, total: 10_000, totalIsExact: false, searchErrors: [] },
  });
  await expect.element(screen.getByText('Over 10,000 items')).toBeVisible();
  await expect.element(screen.getByText('Page 3', { exact: true })).toBeVisible();
  const hrefs = ['Next page', 'Last page'].map((name) =>
    screen.getByRole('link', { name }).element().getAttribute('href'),
  );
  expect(hrefs).toEqual(['/system/user-sessions?search=a&page=4', null]);
});

test('ends with the page that is not full', async () => {
  const list = { sessions: full.slice(1), total: 10_000, totalIsExact: false, searchErrors: [] };
  const screen = await render(ListFooter, { query: { ...query, page: 1200 }, list });
  expect(screen.getByRole('link', { name: 'Next page' }).element().getAttribute('href')).toBeNull();
});

test('counts one item as one', async () => {
  const list = { sessions: full.slice(0, 1), total: 1, totalIsExact: true, searchErrors: [] };
  const screen = await render(ListFooter, { query: usualQuery, list });
  await expect.element(screen.getByText('Total 1 item', { exact: true })).toBeVisible();
});

const error: SearchError = { code: 'wrong-value', message: 'It is no network.', start: 0, end: 1 };

test.each<[string, Partial<ListView>, Partial<SessionList>, boolean]>([
  ['a search that found something', {}, {}, true],
  ['no search', { search: '' }, {}, false],
  ['inactive sessions', { status: 'inactive' }, {}, false],
  ['nothing', {}, { total: 0, sessions: [] }, false],
  ['what was only half understood', {}, { searchErrors: [error] }, false],
])('offers to terminate all of %s: %j %j %j', async (_, asked, found, isOffered) => {
  const list = { sessions: full, total: 10, totalIsExact: true, searchErrors: [], ...found };
  const screen = await render(ListFooter, { query: { ...usualQuery, search: 'a', ...asked }, list });
  expect(screen.getByRole('link', { name: 'Terminate all' }).elements()).toHaveLength(isOffered ? 1 : 0);
});
