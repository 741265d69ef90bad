import { orderSessions } from '@rollcall/core/order';
import { AuditEventList } from '@rollcall/core/schema/audit';
import { Session } from '@rollcall/core/schema/session';
import { expect, test } from 'vitest';
import { bodyOf, onEachEngine, problemOf } from '../../test/api.ts';
import { multiplySessions } from '../../test/seed.ts';

const path = '/api/UserRequestExport';
const linesOf = (text: string) => text.trim().split(/\r?\n/);

onEachEngine((current) => {
  test('has every session once, in order of sign-in, and says how many', async () => {
    const api = current();
    const { token, organization, session } = await api.administrator();
    await multiplySessions(api.database, organization.organizationId, 4500);
    const answer = await api.request(`${path}?format=ndjson`, { token });
    expect(answer.headers.get('content-type')).toBe('application/x-ndjson');
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="sessions-\d{14}\.ndjson"$/);
    expect(answer.headers.get('rollcall-export-total')).toBe('4501');
    const sessions = linesOf(await answer.text()).map((line) => Session.parse(JSON.parse(line)));
    expect(new Set(sessions.map(({ requestId }) => requestId))).toHaveLength(4501);
    expect(sessions).toEqual(orderSessions(sessions, '-createdAt'));
    expect(sessions).toContainEqual(session);
  });

  test('has what a search finds, and of a member only their own', async () => {
    const api = current();
    const { token, organization, session } = await api.administrator();
    const user = await api.createUser(organization);
    const member = await api.signIn(user);
    const exported = async (as: string, query: string) =>
      linesOf(await (await api.request(`${path}?format=ndjson&${query}`, { token: as })).text())
        .filter((line) => line !== '')
        .map((line) => Session.parse(JSON.parse(line)).requestId);
    expect(await exported(token, 'sort=createdAt&status=active')).toHaveLength(2);
    expect(await exported(token, `search=user:${user.email}`)).toEqual([member.session.requestId]);
    expect(await exported(token, 'status=inactive')).toEqual([]);
    expect(await exported(member.token, '')).toEqual([member.session.requestId]);
    const stranger = await api.administrator();
    expect(await exported(stranger.token, '')).not.toContain(session.requestId);
  });

  test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\u003dHYPERLINK("x")'])(
    '%j does no harm in a spreadsheet',
    async (name) => {
      const api = current();
      const { user, organization, token } = await api.administrator();
      await api.postSignIn({
        ...{ method: 'password', email: user.email, password: 'correct horse battery staple' },
        ...{ organization: organization.slug, sessionName: name },
      });
      const text = await (await api.request(path, { token })).text();
      expect(text).toMatch(/^requestId,userId,userEmail,sessionName,/);
      expect(text).toContain(`'${name.includes('"') ? name.replaceAll('"', '""') : name}`);
    },
  );

  test('a search that is not understood is refused, with the field', async () => {
    const api = current();
    const { token } = await api.administrator();
    const problem = await problemOf(await api.request(`${path}?search=ip:10.0.0.0/99`, { token }));
    expect(problem).toMatchObject({ code: 'invalid', errors: [{ in: 'query', field: 'search' }] });
    expect((await problemOf(await api.request(`${path}?sort=duration`, { token }))).code).toBe('invalid');
  });

  test('is audited before the first byte, with what was asked for and how much it was', async () => {
    const api = current();
    const { token, user } = await api.administrator();
    const answer = await api.request(`${path}?search=chrome&status=active`, { token });
    await answer.body?.cancel();
    const { events } = await bodyOf(await api.request('/api/AuditEvents', { token }), AuditEventList);
    expect(events.find(({ action }) => action === 'sessions-exported')).toMatchObject({
      actorEmail: user.email,
      details: { format: 'csv', search: 'chrome', status: 'active', total: 0 },
    });
  });
});
