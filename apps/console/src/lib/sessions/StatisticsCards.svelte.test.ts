import { expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import StatisticsCards from './StatisticsCards.svelte';

test('shows the four figures, the average rounded and in minutes', async () => {
  const statistics = { totalSessions: 12_345, activeSessions: 3, uniqueUsers: 2, averageDurationMinutes: 124.9666 };
  const screen = await render(StatisticsCards, { statistics });
  const cards = screen
    .getByRole('term')
    .elements()
    .map((term) => [term.textContent, term.nextElementSibling?.textContent]);
  expect(cards).toEqual([
    ['Total Sessions', '12,345'],
    ['Active Sessions', '3'],
    ['Unique Users', '2'],
    ['Average Duration', '125 min'],
  ]);
});

test('shows the active ones in green', async () => {
  const statistics = { totalSessions: 2, activeSessions: 1, uniqueUsers: 1, averageDurationMinutes: 0 };
  const screen = await render(StatisticsCards, { statistics });
  const figure = screen.getByRole('definition').nth(1).element();
  expect(getComputedStyle(figure).color).toBe('rgb(63, 134, 0)');
});
