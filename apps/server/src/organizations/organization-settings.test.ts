import { AuditEventList } from '@rollcall/core/schema/audit';
import { OrganizationAnswer, type SettingsChange } from '@rollcall/core/schema/organization';
import { SessionList } from '@rollcall/core/schema/session-list';
import { expect, test } from 'vitest';
import { bodyOf, onEachEngine, problemOf, type TestApi, timeouts } from '../../test/api.ts';

const path = '/api/Organization';

function change(api: TestApi, token: string, settings: SettingsChange | object): Promise<Response> {
  const headers = { 'content-type': 'application/json' };
  return api.request(path, { method: 'PATCH', token, headers, body: JSON.stringify(settings) });
}

async function settingsOf(api: TestApi, token: string) {
  return (await bodyOf(await api.request(path, { token }), OrganizationAnswer)).settings;
}

onEachEngine((current) => {
  test('an organization has the service’s own settings until it chooses, and keeps what a change leaves out', async () => {
    const api = current();
    const { token, organization } = await api.administrator();
    const times = { idleTimeoutSeconds: null, absoluteTimeoutSeconds: null };
    const none = { ...times, sessionLimit: null, retentionDays: null, networkBinding: 'log' };
    expect(await bodyOf(await api.request(path, { token }), OrganizationAnswer)).toEqual({
      organization,
      settings: none,
      service: {
        idleTimeoutSeconds: timeouts.idleSeconds,
        absoluteTimeoutSeconds: timeouts.absoluteSeconds,
        retentionDays: 90,
      },
    });
    expect((await change(api, token, { idleTimeoutSeconds: 60, sessionLimit: 3 })).status).toBe(200);
    expect((await change(api, token, { idleTimeoutSeconds: null })).status).toBe(200);
    expect((await change(api, token, {})).status).toBe(200);
    expect(await settingsOf(api, token)).toEqual({ ...none, sessionLimit: 3 });
    const { events } = await bodyOf(await api.request('/api/AuditEvents', { token }), AuditEventList);
    expect(events.find(({ action }) => action === 'settings-changed')).toBeDefined();
  });

  test('an organization is called something else, and is found where it was', async () => {
    const api = current();
    const { token, organization } = await api.administrator();
    const answer = await bodyOf(await change(api, token, { name: '  Acme & Söhne ' }), OrganizationAnswer);
    expect(answer.organization).toEqual({ ...organization, name: 'Acme & Söhne' });
    const { events } = await bodyOf(
      await api.request('/api/AuditEvents?action=settings-changed', { token }),
      AuditEventList,
    );
    expect(events[0]?.details).toMatchObject({ before: { name: organization.name }, after: { name: 'Acme & Söhne' } });
  });

  test('only whoever may manage users changes them, and only their own organization’s', async () => {
    const api = current();
    const { organization, token } = await api.administrator();
    const member = await api.signIn(await api.createUser(organization));
    const stranger = await api.administrator();
    expect((await problemOf(await change(api, member.token, { sessionLimit: 1 }))).code).toBe('forbidden');
    expect((await change(api, stranger.token, { sessionLimit: 9 })).status).toBe(200);
    expect((await settingsOf(api, token)).sessionLimit).toBeNull();
    expect((await settingsOf(api, member.token)).sessionLimit).toBeNull();
  });

  test.each([
    [{ idleTimeoutSeconds: 3601 }, 'idleTimeoutSeconds'],
    [{ absoluteTimeoutSeconds: 86_401 }, 'absoluteTimeoutSeconds'],
    [{ idleTimeoutSeconds: 0 }, 'idleTimeoutSeconds'],
    [{ sessionLimit: '3' }, 'sessionLimit'],
    [{ retentionDays: 0 }, 'retentionDays'],
    [{ retentionDays: 3651 }, 'retentionDays'],
    [{ networkBinding: null }, 'networkBinding'],
    [{ networkBinding: 'lax' }, 'networkBinding'],
    [{ colour: 'red' }, 'colour'],
    [{ name: ' ' }, 'name'],
    [{ name: 'a'.repeat(81) }, 'name'],
    [{ name: 'A\u0000cme' }, 'name'],
    [{ slug: 'acme' }, 'slug'],
  ])('%j is refused, and nothing is changed', async (settings, field) => {
    const api = current();
    const { token } = await api.administrator();
    const problem = await problemOf(await change(api, token, { sessionLimit: 2, ...settings }));
    expect(problem).toMatchObject({ code: 'invalid', errors: [{ in: 'body', field }] });
    expect((await settingsOf(api, token)).sessionLimit).toBeNull();
  });

  test('a shorter time-out holds for every reader', async () => {
    const api = current();
    const { organization, token, session } = await api.administrator();
    const member = await api.signIn(await api.createUser(organization));
    expect((await change(api, token, { idleTimeoutSeconds: 60 })).status).toBe(200);
    // beyond what a node may remember
    for (const seconds of [31, 28]) {
      api.pass(seconds);
      expect((await api.request('/api/Authentication', { token })).status).toBe(200);
    }
    api.pass(1);
    const ended = await problemOf(await api.request('/api/Authentication', { token: member.token }));
    expect(ended).toMatchObject({ code: 'session-ended', endReason: 'idle-timeout' });
    const list = await bodyOf(await api.request('/api/UserRequests?status=active', { token }), SessionList);
    expect(list.sessions.map(({ requestId }) => requestId)).toEqual([session.requestId]);
  });

  test('the oldest session makes room for the one that is too many', async () => {
    const api = current();
    const { organization, token } = await api.administrator();
    await change(api, token, { sessionLimit: 2 });
    const user = await api.createUser(organization);
    const sessions = [];
    for (let count = 0; count < 4; count += 1) {
      api.pass(1);
      sessions.push(await api.signIn(user));
    }
    const answers = [];
    for (const held of sessions) answers.push(await api.request('/api/Authentication', { token: held.token }));
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 200, 200]);
    expect(await problemOf(answers[0] ?? new Response())).toMatchObject({
      endReason: 'session-limit',
      endedBy: 'service',
    });
    const { events } = await bodyOf(await api.request('/api/AuditEvents', { token }), AuditEventList);
    expect(events.filter(({ action }) => action === 'session-ended')).toHaveLength(2);
  });

  test('sign-ins at the same time do not exceed the limit', async () => {
    const api = current();
    const { organization, token } = await api.administrator();
    await change(api, token, { sessionLimit: 3 });
    const user = await api.createUser(organization);
    const sessions = await Promise.all(Array.from({ length: 8 }, () => api.signIn(user)));
    const answers = await Promise.all(
      sessions.map((held) => api.request('/api/Authentication', { token: held.token })),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(3);
  });
});
