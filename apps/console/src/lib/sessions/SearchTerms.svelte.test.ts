import { expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { usualQuery } from './list-address.ts';
import SearchTerms from './SearchTerms.svelte';

test('shows what was understood, each with the way to the list without it', async () => {
  const query = { ...usualQuery, search: 'ada status:active -ip:10.0.0.0/8', page: 3 };
  const screen = await render(SearchTerms, { query });
  const links = screen.getByRole('link').elements();
  expect(links.map((link) => [link.getAttribute('aria-label'), link.getAttribute('href')])).toEqual([
    ['Remove ada', '/system/user-sessions?search=status%3Aactive+-ip%3A10.0.0.0%2F8'],
    ['Remove Status: active', '/system/user-sessions?search=ada+-ip%3A10.0.0.0%2F8'],
    ['Remove not IP address: 10.0.0.0/8', '/system/user-sessions?search=ada+status%3Aactive'],
  ]);
});

test.each(['', 'ada', 'ada 192.0.2'])('says nothing of plain words: %j', async (search) => {
  const screen = await render(SearchTerms, { query: { ...usualQuery, search } });
  expect(screen.getByRole('list').elements()).toEqual([]);
});
