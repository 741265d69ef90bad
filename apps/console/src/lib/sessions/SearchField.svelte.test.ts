import type { SearchError } from '@rollcall/core/schema/session-list';
import { expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { usualQuery } from './list-address.ts';
import SearchField from './SearchField.svelte';

async function renderField(query = usualQuery, errors: readonly SearchError[] = []) {
  const onsearch = vi.fn<(address: string) => void>();
  const screen = await render(SearchField, { query, errors, onsearch });
  return { screen, onsearch, input: screen.getByRole('combobox', { name: 'Search sessions' }) };
}

test('filters as one types, and keeps the focus', async () => {
  const { input, onsearch } = await renderField();
  await input.fill('Ada 192.0.2');
  await vi.waitFor(() => expect(onsearch).toHaveBeenCalledOnce());
  expect(onsearch).toHaveBeenCalledExactlyOnceWith('/system/user-sessions?search=Ada+192.0.2');
  expect(document.activeElement).toBe(input.element());
});

test('keeps the rest of the view, and leads to its first page', async () => {
  const { input, onsearch } = await renderField({ ...usualQuery, status: 'active', page: 3 });
  await input.fill('ada');
  await userEvent.keyboard('{Enter}');
  // the pause in typing may have been long enough to search before
  expect(new Set(onsearch.mock.calls.flat())).toEqual(new Set(['/system/user-sessions?search=ada&status=active']));
});

test('Escape empties it', async () => {
  const { input, onsearch } = await renderField({ ...usualQuery, search: 'ada' });
  await expect.element(input).toHaveValue('ada');
  await input.click();
  await userEvent.keyboard('{Escape}');
  await expect.element(input).toHaveValue('');
  expect(onsearch).toHaveBeenCalledExactlyOnceWith('/system/user-sessions');
});

test('can be emptied with a click, and is ready for the next search', async () => {
  const { screen, input, onsearch } = await renderField({ ...usualQuery, search: 'ada' });
  await screen.getByRole('button', { name: 'Empty the search field' }).click();
  expect(onsearch).toHaveBeenCalledExactlyOnceWith('/system/user-sessions');
  expect(document.activeElement).toBe(input.element());
});

test('follows the address', async () => {
  const { screen, input, onsearch } = await renderField({ ...usualQuery, search: 'ada' });
  await screen.rerender({ query: { ...usualQuery, search: 'bob' }, onsearch });
  await expect.element(input).toHaveValue('bob');
});

test('says when there are too many words, and does not search for them', async () => {
  const { screen, input, onsearch } = await renderField();
  await input.fill(Array.from({ length: 33 }, (_, i) => i).join(' '));
  await expect.element(screen.getByRole('status')).toHaveTextContent('A search has at most 32 terms.');
  await userEvent.keyboard('{Enter}');
  expect(onsearch).not.toHaveBeenCalled();
});

test('says which part was not understood, once typing has paused', async () => {
  const query = { ...usualQuery, search: 'ada ip:10.0.0.0/99' };
  const errors = [{ code: 'wrong-value', message: 'It is no network.', start: 7, end: 18 }] as const;
  const { screen, input } = await renderField(query, errors);
  await expect.element(screen.getByRole('status')).toHaveTextContent('10.0.0.0/99 – It is no network.');
  await expect.element(input).toHaveAccessibleDescription('10.0.0.0/99 – It is no network.');
  await input.fill('ada ip:10.0.0.0/9');
  await expect.element(screen.getByRole('status')).not.toBeInTheDocument();
});

test('is a form that works without scripts', async () => {
  const { input } = await renderField({ ...usualQuery, status: 'inactive', page: 4, pageSize: 50 });
  const { form } = input.element() as HTMLInputElement;
  expect(form?.method).toBe('get');
  expect(form?.getAttribute('action')).toBe('/system/user-sessions');
  expect(Object.fromEntries(new FormData(form ?? undefined))).toEqual({
    search: '',
    status: 'inactive',
    pageSize: '50',
  });
});
