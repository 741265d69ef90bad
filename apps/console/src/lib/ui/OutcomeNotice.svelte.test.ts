import { expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import OutcomeNotice from './OutcomeNotice.svelte';

test('tells each outcome until it is dismissed', async () => {
  const screen = await render(OutcomeNotice, { outcome: { text: 'It was terminated.', isDone: true } });
  const status = screen.getByRole('status');
  await expect.element(status).toHaveTextContent('It was terminated.');
  await screen.getByRole('button', { name: 'Dismiss' }).click();
  await expect.element(status).toHaveTextContent('');
  await screen.rerender({ outcome: { text: 'It had already ended.', isDone: false } });
  await expect.element(status).toMatchTextContent('had already ended');
});

test('goes away with the next answer', async () => {
  const screen = await render(OutcomeNotice, { outcome: { text: 'It was terminated.', isDone: true } });
  await screen.rerender({ outcome: undefined });
  await expect.element(screen.getByRole('status')).toHaveTextContent('');
});
