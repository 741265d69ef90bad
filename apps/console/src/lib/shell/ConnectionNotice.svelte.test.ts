import { expect, test, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import ConnectionNotice from './ConnectionNotice.svelte';

test('says since when the data is old, and offers another try', async () => {
  const onretry = vi.fn();
  const props = { isUnreachable: true, loadedAt: '2026-11-23 09:42:19', isRetrying: false, onretry };
  const screen = await render(ConnectionNotice, props);
  await expect.element(screen.getByRole('alert')).toMatchTextContent('was loaded at 2026-11-23 09:42:19');
  await screen.getByRole('button', { name: 'Retry' }).click();
  expect(onretry).toHaveBeenCalledOnce();
  await screen.rerender({ isRetrying: true });
  await screen.getByRole('button', { name: 'Retry' }).click({ force: true });
  expect(onretry).toHaveBeenCalledOnce();
  await screen.rerender({ isUnreachable: false });
  expect(screen.getByRole('alert').element().textContent.trim()).toBe('');
});
