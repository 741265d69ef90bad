import { expect, test, vi } from 'vitest';
import { Visits } from './visits.svelte.ts';

type Answer = Awaited<ReturnType<typeof import('$app/navigation')['preloadData']>>;

const here = new URL('http://localhost/list');
const loaded: Answer = { type: 'loaded', status: 200, data: {} };
const unreachable: Answer = { type: 'error', status: 500, error: { status: 500, message: '' } };

function visitsWith(surroundings: { answers?: Record<string, Promise<Answer>>; isServerReady?: boolean } = {}) {
  const gone: string[] = [];
  const goto = vi.fn(async (url: string | URL): Promise<void> => {
    gone.push(new URL(url).search);
  });
  const refreshAll = vi.fn(async () => {});
  const state = { isServerReady: surroundings.isServerReady ?? true };
  const visits = new Visits({
    goto,
    refreshAll,
    preloadData: (href) => surroundings.answers?.[new URL(href).search] ?? Promise.resolve(loaded),
    isServerReady: async () => state.isServerReady,
    isView: (routeId) => routeId === '/list',
  });
  return { visits, gone, goto, refreshAll, state };
}

/** What the router says before it goes somewhere. */
function navigationTo(url: URL, { type = 'link', routeId = '/list', from = here } = {}) {
  const cancel = vi.fn();
  const target = (at: URL, id: string) => ({ params: {}, route: { id }, url: at, scroll: null });
  const navigation = { type, from: target(from, '/list'), to: target(url, routeId), willUnload: false, cancel };
  return { navigation: navigation as unknown as Parameters<Visits['takeOver']>[0], cancel };
}

function view(search: string): URL {
  return new URL(search, here);
}

test('goes to a view once its data is there', async () => {
  const { visits, goto } = visitsWith();
  const visit = visits.visit(view('?page=2'), { replace: true });
  expect(visits.isUnderWay).toBe(true);
  await visit;
  expect(visits.isUnderWay).toBe(false);
  expect(goto).toHaveBeenCalledExactlyOnceWith(view('?page=2'), { replace: true, reset: false });
});

test('the latest visit wins, whichever answer comes first', async () => {
  const first = Promise.withResolvers<Answer>();
  const { visits, gone } = visitsWith({ answers: { '?search=a': first.promise } });
  const slow = visits.visit(view('?search=a'));
  await visits.visit(view('?search=ab'));
  first.resolve(loaded);
  await slow;
  expect(gone).toEqual(['?search=ab']);
  expect(visits.isUnderWay).toBe(false);
});

test('stays where it is while the server cannot be reached, and tries again', async () => {
  const answers: Record<string, Promise<Answer>> = { '?page=2': Promise.resolve(unreachable) };
  const { visits, gone } = visitsWith({ answers });
  await visits.visit(view('?page=2'));
  expect(gone).toEqual([]);
  expect(visits.isServerUnreachable).toBe(true);
  // what is chosen next adds to it
  expect({ destination: visits.destination, isUnderWay: visits.isUnderWay }).toEqual({
    destination: view('?page=2'),
    isUnderWay: false,
  });
  answers['?page=2'] = Promise.resolve(loaded);
  await visits.refresh();
  expect(gone).toEqual(['?page=2']);
  expect(visits.isServerUnreachable).toBe(false);
  expect(visits.destination).toBeUndefined();
});

test('whoever leaves the page is not called back by a late answer', async () => {
  const late = Promise.withResolvers<Answer>();
  const { visits, gone } = visitsWith({ answers: { '?search=a': late.promise } });
  const visit = visits.visit(view('?search=a'));
  visits.abandon();
  late.resolve(loaded);
  await visit;
  expect(gone).toEqual([]);
});

test('follows where the server leads instead', async () => {
  const answers = { '?page=9': Promise.resolve<Answer>({ type: 'redirect', status: 303, location: '/list?page=2' }) };
  const { visits, gone } = visitsWith({ answers });
  await visits.visit(view('?page=9'));
  expect(gone).toEqual(['?page=2']);
});

test('shows a refusal like any page', async () => {
  const answers = { '?page=2': Promise.resolve<Answer>({ ...unreachable, status: 403 }) };
  const { visits, gone } = visitsWith({ answers });
  await visits.visit(view('?page=2'));
  expect(gone).toEqual(['?page=2']);
});

test('refreshes everything, unless the server cannot be reached', async () => {
  const { visits, refreshAll, state } = visitsWith({ isServerReady: false });
  await visits.refresh();
  expect(refreshAll).not.toHaveBeenCalled();
  expect(visits.isServerUnreachable).toBe(true);
  state.isServerReady = true;
  await visits.refresh();
  expect(refreshAll).toHaveBeenCalledOnce();
  expect(visits.isServerUnreachable).toBe(false);
  expect(visits.isRefreshing).toBe(false);
});

test('takes links to its views over', async () => {
  const { visits, gone } = visitsWith();
  const { navigation, cancel } = navigationTo(view('?page=2'));
  visits.takeOver(navigation);
  expect(cancel).toHaveBeenCalledOnce();
  await expect.poll(() => gone).toEqual(['?page=2']);
});

test('lets the visit pass that it has prepared', async () => {
  const { visits, goto } = visitsWith();
  const { navigation, cancel } = navigationTo(view('?page=2'), { type: 'goto' });
  goto.mockImplementation(async () => visits.takeOver(navigation));
  await visits.visit(view('?page=2'));
  expect(goto).toHaveBeenCalledOnce();
  expect(cancel).not.toHaveBeenCalled();
});

test('takes a link to where one is for a refresh', async () => {
  const { visits, refreshAll } = visitsWith();
  visits.takeOver(navigationTo(here).navigation);
  await expect.poll(() => refreshAll.mock.calls.length).toBe(1);
});

test('a link to where one is gives up the view that is on its way', async () => {
  const late = Promise.withResolvers<Answer>();
  const { visits, gone } = visitsWith({ answers: { '?status=active': late.promise } });
  const visit = visits.visit(view('?status=active'));
  expect(visits.destination).toEqual(view('?status=active'));
  visits.takeOver(navigationTo(here).navigation);
  expect(visits.destination).toBeUndefined();
  late.resolve(loaded);
  await visit;
  expect(gone).toEqual([]);
});

test.each([
  ['going back', { type: 'popstate' }],
  ['another page', { routeId: '/elsewhere' }],
])('leaves %s alone, and is not called back by a late answer', async (_, particulars) => {
  const late = Promise.withResolvers<Answer>();
  const { visits, gone } = visitsWith({ answers: { '?search=a': late.promise } });
  const visit = visits.visit(view('?search=a'));
  const { navigation, cancel } = navigationTo(view('?page=2'), particulars);
  visits.takeOver(navigation);
  late.resolve(loaded);
  await visit;
  expect(cancel).not.toHaveBeenCalled();
  expect(gone).toEqual([]);
  expect(visits.isUnderWay).toBe(false);
});

test('lands where an action leads with everything anew', async () => {
  const { visits, goto } = visitsWith();
  await visits.land(view('?page=1'));
  expect(goto).toHaveBeenCalledExactlyOnceWith(view('?page=1'), { replace: true, refreshAll: true, reset: false });
});
