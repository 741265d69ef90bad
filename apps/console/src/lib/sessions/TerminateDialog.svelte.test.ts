import type { Session } from '@rollcall/core/schema/session';
import { judgeTermination } from '@rollcall/core/termination';
import { expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { administrator, currentSession, endedSession, now, someSession } from '../../../test/sessions.ts';
import TerminateDialogInFrame from '../../../test/TerminateDialogInFrame.svelte';

async function renderDialog(session: Session, particulars: { problem?: string; isSubmitting?: boolean } = {}) {
  const { organizationId } = administrator;
  const onclose = vi.fn();
  const verdict = judgeTermination(administrator, { ...session, organizationId }, now);
  const given = { session, verdict, listAddress: '/system/user-sessions?page=2', onclose, ...particulars };
  const screen = await render(TerminateDialogInFrame, { ...given, now });
  return { screen, onclose, dialog: screen.getByRole('alertdialog') };
}

test('names the session and its user, and what follows', async () => {
  const { dialog } = await renderDialog(someSession());
  await expect.element(dialog).toHaveAccessibleName('Terminate this session?');
  await expect.element(dialog).toMatchTextContent('ada@example.com');
  await expect.element(dialog).toMatchTextContent('Chrome on macOS');
  await expect.element(dialog).toMatchTextContent('has to sign in again');
  await expect.element(dialog).not.toMatchTextContent('You will be signed out');
});

test('says when it is another session of one’s own', async () => {
  const { dialog } = await renderDialog(someSession({ userId: administrator.userId }));
  await expect.element(dialog).toMatchTextContent('another session of yours');
});

test('cannot be mistaken when it is the session in use', async () => {
  const { dialog } = await renderDialog(currentSession());
  await expect.element(dialog).toHaveAccessibleName('Terminate your own session?');
  await expect.element(dialog).toMatchTextContent('You will be signed out immediately.');
  await expect.element(dialog).toMatchTextContent('Save your work');
  await expect.element(dialog.getByRole('button')).toMatchTextContent('Terminate and sign me out');
});

test('offers nothing but to close when the session has ended', async () => {
  const { dialog, onclose } = await renderDialog(endedSession());
  await expect.element(dialog).toHaveAccessibleName('This session has ended');
  expect(dialog.getByRole('button').elements()).toEqual([]);
  await dialog.getByRole('link', { name: 'Close' }).click();
  expect(onclose).toHaveBeenCalledOnce();
});

test('begins with the harmless choice, keeps the focus and is left with Escape', async () => {
  const { dialog, onclose } = await renderDialog(someSession());
  const cancel = dialog.getByRole('link', { name: 'Cancel' }).element();
  await expect.poll(() => document.activeElement).toBe(cancel);
  await userEvent.tab();
  expect(document.activeElement).toBe(dialog.getByRole('button', { name: 'Terminate' }).element());
  await userEvent.tab();
  expect(document.activeElement).toBe(cancel);
  await userEvent.keyboard('{Escape}');
  expect(onclose).toHaveBeenCalledOnce();
});

test('is a form and a link that work without scripts', async () => {
  const { dialog } = await renderDialog(someSession());
  const button = dialog.getByRole('button', { name: 'Terminate' }).element() as HTMLButtonElement;
  expect(button.type).toBe('submit');
  expect(button.form?.method).toBe('post');
  expect(dialog.getByRole('link', { name: 'Cancel' }).element().getAttribute('href')).toBe(
    '/system/user-sessions?page=2',
  );
});

test('stays, and says why, when nothing was done', async () => {
  const { dialog } = await renderDialog(someSession(), { problem: 'Rollcall could not be reached.' });
  await expect.element(dialog.getByRole('alert')).toMatchTextContent('Rollcall could not be reached.');
});

test('takes no second click while it works', async () => {
  const { dialog } = await renderDialog(someSession(), { isSubmitting: true });
  const button = dialog.getByRole('button', { name: 'Terminate' }).element() as HTMLButtonElement;
  const submitted = vi.fn();
  button.form?.addEventListener('submit', submitted);
  button.click();
  expect(submitted).not.toHaveBeenCalled();
});
