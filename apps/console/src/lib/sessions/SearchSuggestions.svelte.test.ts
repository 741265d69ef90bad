import { expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { usualQuery } from './list-address.ts';
import SearchField from './SearchField.svelte';

async function renderField(search = '') {
  const onsearch = vi.fn<(address: string) => void>();
  const screen = await render(SearchField, { query: { ...usualQuery, search }, onsearch });
  const field = screen.getByRole('combobox', { name: 'Search sessions' });
  await field.click();
  return { screen, field, onsearch, options: screen.getByRole('option') };
}

const texts = (options: { elements: () => readonly Element[] }) =>
  options.elements().map((option) => option.firstElementChild?.textContent);

test('offers the operators that begin with what is written, and says what they find', async () => {
  const { screen, field, options } = await renderField();
  await expect.element(field).toHaveAttribute('aria-expanded', 'false');
  await userEvent.keyboard('st');
  await expect.element(field).toHaveAttribute('aria-expanded', 'true');
  expect(texts(options)).toEqual(['status:']);
  await expect.element(screen.getByText('Active, or ended or run out.')).toBeVisible();
});

test('completes an operator, then its value, by keyboard alone', async () => {
  const { field, options, onsearch } = await renderField();
  await userEvent.keyboard('ada st{ArrowDown}{Enter}');
  await expect.element(field).toHaveValue('ada status:');
  expect(texts(options)).toEqual(['active', 'inactive']);
  await userEvent.keyboard('{ArrowDown}{ArrowDown}{Tab}');
  await expect.element(field).toHaveValue('ada status:inactive ');
  expect(document.activeElement).toBe(field.element());
  await userEvent.keyboard('{Escape}{Enter}');
  expect(onsearch).toHaveBeenLastCalledWith('/system/user-sessions?search=ada+status%3Ainactive');
});

test('marks one after the other, all round, and tells which', async () => {
  const { screen, field } = await renderField('client:');
  const marked = screen.getByRole('option', { selected: true });
  await userEvent.keyboard('{ArrowDown}');
  await expect.element(marked).toHaveTextContent('console');
  expect(field.element().getAttribute('aria-activedescendant')).toBe(marked.element().id);
  await userEvent.keyboard('{ArrowUp}');
  await expect.element(marked).not.toBeInTheDocument();
  await userEvent.keyboard('{ArrowUp}');
  await expect.element(marked).toHaveTextContent('api');
});

test('completes within a text, where the caret is', async () => {
  const { field } = await renderField('au ada');
  await userEvent.keyboard('{Home}{ArrowRight}{ArrowRight}{ArrowDown}{Enter}');
  await expect.element(field).toHaveValue('auth: ada');
  expect((field.element() as HTMLInputElement).selectionStart).toBe('auth:'.length);
});

test('a click takes one and leaves the focus in the field', async () => {
  const { screen, field } = await renderField();
  await userEvent.keyboard('bro');
  await screen.getByRole('option', { name: /^browser:/ }).click();
  await expect.element(field).toHaveValue('browser:');
  expect(document.activeElement).toBe(field.element());
});

test('Escape puts the suggestions away, and only then empties the field', async () => {
  const { field, options } = await renderField();
  await userEvent.keyboard('st{Escape}');
  await expect.element(options).not.toBeInTheDocument();
  await expect.element(field).toHaveValue('st');
  await userEvent.keyboard('{Escape}');
  await expect.element(field).toHaveValue('');
});

test('Enter searches for what was written, while nothing is marked', async () => {
  const { options, onsearch } = await renderField();
  await userEvent.keyboard('st{Enter}');
  expect(onsearch).toHaveBeenLastCalledWith('/system/user-sessions?search=st');
  await expect.element(options).not.toBeInTheDocument();
});

test('goes away with the focus', async () => {
  const { options } = await renderField();
  await userEvent.keyboard('st');
  await expect.element(options).toBeVisible();
  await userEvent.tab();
  await expect.element(options).not.toBeInTheDocument();
});
