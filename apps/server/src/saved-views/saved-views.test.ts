import { usualColumns } from '@rollcall/core/list-column';
import { AuditEventList } from '@rollcall/core/schema/audit';
import { mostSavedViews, SavedViewAnswer, SavedViewList } from '@rollcall/core/schema/saved-view';
import { expect, test } from 'vitest';
import { bodyOf, onEachEngine, problemOf, type TestApi } from '../../test/api.ts';

function save(api: TestApi, token: string, view: object): Promise<Response> {
  const headers = { 'content-type': 'application/json' };
  return api.request('/api/SavedViews', { method: 'POST', token, headers, body: JSON.stringify(view) });
}

async function saved(api: TestApi, token: string, view: object) {
  return (await bodyOf(await save(api, token, view), SavedViewAnswer)).savedView;
}

async function namesFor(api: TestApi, token: string): Promise<string[]> {
  const { savedViews } = await bodyOf(await api.request('/api/SavedViews', { token }), SavedViewList);
  return savedViews.map(({ name }) => name);
}

function remove(api: TestApi, token: string, viewId: string): Promise<Response> {
  return api.request(`/api/SavedView/${viewId}`, { method: 'DELETE', token });
}

onEachEngine((current) => {
  test('a view is kept as it was saved, and listed by name', async () => {
    const api = current();
    const { token } = await api.administrator();
    const view = { search: 'ip:10.0.0.0/8', status: 'active', sort: 'duration', columns: ['userEmail', 'endedAt'] };
    const kept = await saved(api, token, { name: 'Office', ...view });
    expect(kept).toMatchObject({ name: 'Office', ...view, isShared: false });
    expect(await saved(api, token, { name: 'All' })).toMatchObject({ search: '', columns: usualColumns });
    expect(await namesFor(api, token)).toEqual(['All', 'Office']);
  });

  test('one’s own are nobody else’s, shared ones are everybody’s in the organization', async () => {
    const api = current();
    const { organization, token } = await api.administrator();
    const member = await api.signIn(await api.createUser(organization));
    const stranger = await api.administrator();
    const own = await saved(api, token, { name: 'Mine' });
    const shared = await saved(api, token, { name: 'Ours', isShared: true });
    await saved(api, member.token, { name: 'Mine' });
    expect(await namesFor(api, token)).toEqual(['Mine', 'Ours']);
    expect(await namesFor(api, member.token)).toEqual(['Mine', 'Ours']);
    expect(await namesFor(api, stranger.token)).toEqual([]);
    expect((await problemOf(await remove(api, member.token, own.viewId))).code).toBe('not-found');
    expect((await problemOf(await remove(api, stranger.token, shared.viewId))).code).toBe('not-found');
    expect(await namesFor(api, token)).toEqual(['Mine', 'Ours']);
  });

  test('only whoever may manage users shares views, and removes shared ones', async () => {
    const api = current();
    const { organization, token } = await api.administrator();
    const member = await api.signIn(await api.createUser(organization));
    const shared = await saved(api, token, { name: 'Ours', isShared: true });
    expect((await problemOf(await save(api, member.token, { name: 'Ours', isShared: true }))).code).toBe('forbidden');
    expect((await problemOf(await remove(api, member.token, shared.viewId))).code).toBe('forbidden');
    expect(await namesFor(api, member.token)).toEqual(['Ours']);
    expect((await remove(api, token, shared.viewId)).status).toBe(200);
    expect(await namesFor(api, member.token)).toEqual([]);
  });

  test('the same name takes the place of the former view, also at the same time', async () => {
    const api = current();
    const { token } = await api.administrator();
    const first = await saved(api, token, { name: 'Night', search: 'ada' });
    await Promise.all(['bob', 'bob'].map((search) => save(api, token, { name: 'Night', search })));
    const { savedViews } = await bodyOf(await api.request('/api/SavedViews', { token }), SavedViewList);
    expect(savedViews).toMatchObject([{ viewId: first.viewId, name: 'Night', search: 'bob' }]);
    await saved(api, token, { name: 'Night', isShared: true });
    expect(await namesFor(api, token)).toEqual(['Night', 'Night']);
  });

  test('there are only so many, of which each can still be changed', async () => {
    const api = current();
    const { token } = await api.administrator();
    for (let count = 0; count < mostSavedViews; count += 1) await saved(api, token, { name: `View ${count}` });
    expect((await problemOf(await save(api, token, { name: 'One more' }))).code).toBe('too-many');
    expect((await save(api, token, { name: 'View 7', search: 'ada' })).status).toBe(201);
    expect((await save(api, token, { name: 'One more', isShared: true })).status).toBe(201);
    expect(await namesFor(api, token)).toHaveLength(mostSavedViews + 1);
  });

  test('what is saved and removed is audited', async () => {
    const api = current();
    const { token, user } = await api.administrator();
    const { viewId } = await saved(api, token, { name: 'Ours', search: 'ada', isShared: true });
    await remove(api, token, viewId);
    const { events } = await bodyOf(await api.request('/api/AuditEvents', { token }), AuditEventList);
    const details = { viewId, name: 'Ours', search: 'ada', isShared: true };
    const about = (action: string) => events.find((event) => event.action === action);
    expect(about('view-saved')).toMatchObject({ actorEmail: user.email, details });
    expect(about('view-removed')).toMatchObject({ actorEmail: user.email, details });
  });
});
