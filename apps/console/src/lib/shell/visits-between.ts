/** Going between the views of a page: its list, and the dialogs that lie over it. */
import { onDestroy } from 'svelte';
import { beforeNavigate, goto, preloadData, refreshAll } from '$app/navigation';
import { isServerReady } from './server-readiness.ts';
import { provideVisits, Visits } from './visits.svelte.ts';

/** Of the page at that route, with all below it. Called while the page begins. */
export function visitsBetween(route: string): Visits {
  const isView = (routeId: string | null) => routeId?.startsWith(route) ?? false;
  const visits = provideVisits(new Visits({ isView, isServerReady, goto, preloadData, refreshAll }));
  beforeNavigate((navigation) => visits.takeOver(navigation));
  // the router does not ask whoever leaves while it is already going somewhere
  onDestroy(() => visits.abandon());
  return visits;
}
