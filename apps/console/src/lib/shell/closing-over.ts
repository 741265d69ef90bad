/** Closing a dialog that lies over the list. */
import { useVisits } from '#lib/shell/visits.svelte.ts';
import { afterNavigate } from '$app/navigation';

/**
 * Back, where it was opened from that very list, so that the history has no second one; otherwise to the list, in its place: what was chosen before the
 * dialog was opened, and had not arrived, is no entry of the history. Called while a component begins.
 */
export function closingOver(list: () => string, listRoute = '/(console)/system/user-sessions'): () => void {
  const visits = useVisits();
  let openedFrom: string | undefined;

  afterNavigate(({ from, type }) => {
    openedFrom = from?.route.id === listRoute && type !== 'popstate' ? from.url.pathname + from.url.search : undefined;
  });

  return function close(): void {
    if (openedFrom === list()) history.back();
    else void visits.visit(new URL(list(), location.origin), { replace: true });
  };
}
