/** Closing a dialog that lies over the list. */
import { useVisits } from '#lib/shell/visits.svelte.ts';
import { afterNavigate } from '$app/navigation';

/** Back, where it was opened from the list, so that the history has no second one; otherwise to the list, in its place. Called while a component begins. */
export function closingOver(list: () => string, listRoute = '/(console)/system/user-sessions'): () => void {
  const visits = useVisits();
  let isOpenedFromList = false;

  afterNavigate(({ from, type }) => {
    isOpenedFromList = from?.route.id === listRoute && type !== 'popstate';
  });

  return function close(): void {
    if (isOpenedFromList) history.back();
    else void visits.visit(new URL(list(), location.origin), { replace: true });
  };
}
