import { RollcallError } from '@rollcall/sdk';
import { expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import ExportDialog from './ExportDialog.svelte';
import { Export } from './export.svelte.ts';
import { usualQuery } from './list-address.ts';

const tooSlow = { code: 'search-too-slow', title: 'Too slow', detail: 'Too slow.' } as const;
const query = { ...usualQuery, search: 'ab' };

async function renderDialog(list?: { total: number; totalIsExact: boolean; searchErrors: [] }) {
  const running = new Export(() => Promise.reject(new RollcallError(tooSlow)));
  const screen = await render(ExportDialog, { query, list, running, onclose: () => {} });
  return screen.getByRole('dialog');
}

test('says how many sessions it is about', async () => {
  const dialog = await renderDialog({ total: 10_000, totalIsExact: false, searchErrors: [] });
  await expect.element(dialog).toMatchTextContent('Over 10,000 sessions that match');
});

test('knows no number where counting took too long, and says so', async () => {
  const dialog = await renderDialog();
  await expect.element(dialog).toMatchTextContent('All sessions that match');
  await expect.element(dialog).toMatchTextContent('takes too long. Ask for something narrower');
});

test('tells of an export that is given up for the search what to do about it', async () => {
  const dialog = await renderDialog({ total: 3, totalIsExact: true, searchErrors: [] });
  await dialog.getByRole('button', { name: 'Export' }).click();
  await expect.element(dialog).toMatchTextContent('takes too long. Ask for something narrower');
});
