import { AuditEventList } from '@rollcall/core/schema/audit';
import { TerminationPreview, Terminations } from '@rollcall/core/schema/terminations';
import { expect, test } from 'vitest';
import { bodyOf, onEachEngine, problemOf, type TestApi } from '../../test/api.ts';
import { multiplySessions } from '../../test/seed.ts';

function ask(api: TestApi, token: string, body: object): Promise<Response> {
  const headers = { 'content-type': 'application/json' };
  return api.request('/api/UserRequestTermination', { method: 'POST', token, headers, body: JSON.stringify(body) });
}

async function answer(api: TestApi, token: string, body: object) {
  return await bodyOf(await ask(api, token, body), Terminations);
}

async function preview(api: TestApi, token: string, search: string) {
  const path = `/api/UserRequestTermination?search=${encodeURIComponent(search)}`;
  return (await bodyOf(await api.request(path, { token }), TerminationPreview)).mark;
}

const statusOf = async (api: TestApi, token: string) => (await api.request('/api/Authentication', { token })).status;

onEachEngine((current) => {
  test('a preview ends nothing; with its mark all that was shown ends, and one’s own session does not', async () => {
    const api = current();
    const { token, organization } = await api.administrator();
    const user = await api.createUser(organization);
    const sessions = [await api.signIn(user), await api.signIn(user)];
    const mark = await preview(api, token, '');
    expect(mark).toEqual({ at: api.now, count: 2 });
    expect(await statusOf(api, sessions[0]?.token ?? '')).toBe(200);
    const done = await answer(api, token, { search: '', mark });
    expect(done).toMatchObject({ ended: 2, remaining: 0, refused: [] });
    for (const session of sessions) expect(await statusOf(api, session.token)).toBe(401);
    expect(await statusOf(api, token)).toBe(200);
    expect(await answer(api, token, { search: '', mark })).toMatchObject({ ended: 0, remaining: 0 });
  });

  test('ends what the search finds and nothing else, in one organization', async () => {
    const api = current();
    const { token, organization } = await api.administrator();
    const [ada, bob] = [await api.createUser(organization), await api.createUser(organization)];
    const [hit, spared] = [await api.signIn(ada), await api.signIn(bob)];
    const stranger = await api.administrator();
    const search = `user:${ada.email}`;
    const mark = await preview(api, token, search);
    expect(await answer(api, token, { search, mark })).toMatchObject({ ended: 1, remaining: 0 });
    expect(await statusOf(api, hit.token)).toBe(401);
    expect(await statusOf(api, spared.token)).toBe(200);
    expect(await statusOf(api, stranger.token)).toBe(200);
  });

  test('where more would end than were shown, nothing does', async () => {
    const api = current();
    const { token, organization } = await api.administrator();
    const user = await api.createUser(organization);
    const session = await api.signIn(user);
    const mark = await preview(api, token, user.email);
    expect((await problemOf(await ask(api, token, { search: '', mark: { ...mark, count: 0 } }))).code).toBe(
      'more-than-shown',
    );
    expect(await statusOf(api, session.token)).toBe(200);
  });

  test('sessions that began after the preview are left alone', async () => {
    const api = current();
    const { token, organization } = await api.administrator();
    const user = await api.createUser(organization);
    await api.signIn(user);
    const mark = await preview(api, token, user.email);
    api.pass(1);
    const later = await api.signIn(user);
    expect(await answer(api, token, { search: user.email, mark })).toMatchObject({ ended: 1, remaining: 0 });
    expect(await statusOf(api, later.token)).toBe(200);
  });

  test('of ids it says which could not be ended, and why; one’s own is ended when it is named', async () => {
    const api = current();
    const { token, organization, session } = await api.administrator();
    const user = await api.createUser(organization);
    const [active, ended] = [await api.signIn(user), await api.signIn(user)];
    await api.request('/api/Authentication', { method: 'DELETE', token: ended.token });
    const stranger = await api.administrator();
    const requestIds = [active, ended, stranger].map((held) => held.session.requestId);
    const done = await answer(api, token, { requestIds: [...requestIds, session.requestId] });
    expect(done).toMatchObject({ ended: 2, remaining: 0 });
    expect(done.refused).toHaveLength(2);
    expect(done.refused).toContainEqual({ requestId: ended.session.requestId, reason: 'not-active' });
    expect(done.refused).toContainEqual({ requestId: stranger.session.requestId, reason: 'not-found' });
    expect(await statusOf(api, token)).toBe(401);
    expect(await statusOf(api, stranger.token)).toBe(200);
  });

  test('a member ends their own others, and hears nothing of anybody else’s', async () => {
    const api = current();
    const { token, organization, session } = await api.administrator();
    const user = await api.createUser(organization);
    const [own, other] = [await api.signIn(user), await api.signIn(user)];
    const mark = await preview(api, own.token, '');
    expect(mark.count).toBe(1);
    expect(await answer(api, own.token, { search: '', mark })).toMatchObject({ ended: 1 });
    expect(await statusOf(api, other.token)).toBe(401);
    const named = await answer(api, own.token, { requestIds: [session.requestId] });
    expect(named).toMatchObject({ remaining: 0, refused: [{ requestId: session.requestId, reason: 'forbidden' }] });
    expect(await statusOf(api, token)).toBe(200);
  });

  test('each end is audited, and the whole too', async () => {
    const api = current();
    const { token, organization, user } = await api.administrator();
    const application = await api.createUser(organization);
    for (let count = 0; count < 2; count += 1) await api.signIn(application);
    const mark = await preview(api, token, application.email);
    await answer(api, token, { search: application.email, mark });
    const { events } = await bodyOf(await api.request('/api/AuditEvents', { token }), AuditEventList);
    expect(events.filter(({ action }) => action === 'session-ended')).toHaveLength(2);
    expect(events.find(({ action }) => action === 'sessions-terminated')).toMatchObject({
      actorEmail: user.email,
      details: { search: application.email, ended: 2 },
    });
  });

  test('five hundred end at a time', async () => {
    const api = current();
    const { token, organization } = await api.administrator();
    await multiplySessions(api.database, organization.organizationId, 700);
    const mark = await preview(api, token, '');
    expect(mark.count).toBe(700);
    expect(await answer(api, token, { search: '', mark })).toMatchObject({ ended: 500, remaining: 200 });
    expect(await answer(api, token, { search: '', mark })).toMatchObject({ ended: 200, remaining: 0 });
    expect(await statusOf(api, token)).toBe(200);
  });

  test('a search that is not understood ends nothing', async () => {
    const api = current();
    const { token } = await api.administrator();
    const problem = await problemOf(
      await ask(api, token, { search: 'ip:10.0.0.0/99', mark: { at: api.now, count: 9 } }),
    );
    expect(problem).toMatchObject({ code: 'invalid', errors: [{ in: 'body', field: 'search' }] });
  });
});
