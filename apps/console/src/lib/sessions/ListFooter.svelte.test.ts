import { expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { someSession } from '../../../test/sessions.ts';
import ListFooter from './ListFooter.svelte';
import { usualQuery } from './list-address.ts';

const full = Array.from({ length: 10 }, (_, index) => someSession({ requestId: String(index) }));
const query = { ...usualQuery, search: 'a', page: 3 };

test('of more than were counted says so, and how many pages there are is not known', async () => {
  const screen = await render(ListFooter, { query, list: { sessions: full, total: 10_000, totalIsExact: false } });
  await expect.element(screen.getByText('Over 10,000 items')).toBeVisible();
  await expect.element(screen.getByText('Page 3', { exact: true })).toBeVisible();
  const hrefs = ['Next page', 'Last page'].map((name) =>
    screen.getByRole('link', { name }).element().getAttribute('href'),
  );
  expect(hrefs).toEqual(['/system/user-sessions?search=a&page=4', null]);
});

test('ends with the page that is not full', async () => {
  const list = { sessions: full.slice(1), total: 10_000, totalIsExact: false };
  const screen = await render(ListFooter, { query: { ...query, page: 1200 }, list });
  expect(screen.getByRole('link', { name: 'Next page' }).element().getAttribute('href')).toBeNull();
});

test('counts one item as one', async () => {
  const list = { sessions: full.slice(0, 1), total: 1, totalIsExact: true };
  const screen = await render(ListFooter, { query: usualQuery, list });
  await expect.element(screen.getByText('Total 1 item', { exact: true })).toBeVisible();
});
