import { expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { someSession } from '../../../test/sessions.ts';
import OutcomeNotice from './OutcomeNotice.svelte';

test('tells each outcome until it is dismissed', async () => {
  const screen = await render(OutcomeNotice, { outcome: { kind: 'terminated', session: someSession() } });
  const status = screen.getByRole('status');
  await expect.element(status).toHaveTextContent('“Chrome on macOS” of ada@example.com was terminated.');
  await screen.getByRole('button', { name: 'Dismiss' }).click();
  await expect.element(status).toHaveTextContent('');
  await screen.rerender({ outcome: { kind: 'already-ended', session: someSession() } });
  await expect.element(status).toMatchTextContent('had already ended');
});

test('goes away with the next answer', async () => {
  const screen = await render(OutcomeNotice, { outcome: { kind: 'terminated', session: someSession() } });
  await screen.rerender({ outcome: undefined });
  await expect.element(screen.getByRole('status')).toHaveTextContent('');
});
