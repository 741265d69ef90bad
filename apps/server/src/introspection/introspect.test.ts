import { Authentication } from '@rollcall/core/schema/authentication';
import { expect, test } from 'vitest';
import { bodyOf, onEachEngine, problemOf, TestApi, timeouts } from '../../test/api.ts';
import { applicationAndUser, phone as client, introspected, post } from '../../test/application.ts';

const path = '/api/Introspection';

onEachEngine((current) => {
  test('a good token is told whose it is, as its holder would be told', async () => {
    const api = current();
    const { application, token, organization, user, session } = await applicationAndUser(api);
    const answer = await introspected(api, application, { token, client });
    const { userId, email } = user;
    expect(answer).toMatchObject({
      ...{ active: true, organization, permissions: ['audit:read'] },
      user: { userId, email, accountType: 'person', role: 'member' },
      session: { requestId: session.requestId, isActive: true, isCurrent: false },
    });
    expect(answer).not.toHaveProperty('nextToken');
  });

  test('it counts as activity, from where the application saw its client', async () => {
    const api = current();
    const { application, token } = await applicationAndUser(api);
    api.pass(60);
    const from = { lastIpAddress: '2001:db8::5', lastUserAgent: 'phone/1.0' };
    const said = await introspected(api, application, { token, client });
    expect(said).toMatchObject({ session: { ...from, lastActivity: api.now, ipAddress: '192.0.2.7' } });
    api.pass(60);
    const unsaid = await introspected(api, application, { token });
    expect(unsaid).toMatchObject({ session: { ...from, lastActivity: api.now } });
    await api.activity.flushAll();
    api.registry.forgetAll();
    api.pass(60);
    const written = await introspected(api, application, { token });
    expect(written).toMatchObject({ session: { ...from, lastActivity: api.now } });
  });

  test.each<[string, (token: string) => string]>([
    ['nothing', () => ''],
    ['no token', () => 'Bearer\u0000 ☃'],
    ['one cut short', (token) => token.slice(0, -1)],
    ['one with a wrong mac', (token) => `${token.slice(0, -43)}${'A'.repeat(43)}`],
    ['one with another number', (token) => token.replace('.1.', '.2.')],
    [
      'one of a session that is not there',
      (token) => token.replace(/\.[^.]*/, '.019346c4-1f2b-7000-8000-000000000001'),
    ],
  ])('%s is not good, and no more is told', async (_, change) => {
    const api = current();
    const { application, token } = await applicationAndUser(api);
    const question = { token: change(token) };
    for (const from of [{}, { client }]) {
      const answer = await introspected(api, application, { ...question, ...from });
      expect(answer).toEqual({ active: false, code: 'unauthenticated' });
    }
  });

  test('another organization’s token is as unknown, and nothing happens to its session', async () => {
    const { database } = current();
    const asked: string[] = [];
    const readSessionByKey: typeof database.readSessionByKey = (organizationId, requestId) => {
      asked.push(requestId);
      return database.readSessionByKey(organizationId, requestId);
    };
    const api = new TestApi({ ...database, readSessionByKey });
    const { application } = await applicationAndUser(api);
    const foreign = await api.administrator();
    const answer = await introspected(api, application, { token: foreign.token, client });
    expect(answer).toEqual({ active: false, code: 'unauthenticated' });
    expect(asked).toEqual([application.session.requestId]);
    const { session } = await bodyOf(
      await api.request('/api/Authentication', { token: foreign.token }),
      Authentication,
    );
    expect(session.lastIpAddress).toBe('192.0.2.7');
  });

  test('an ended session says why, but not by whom', async () => {
    const api = current();
    const { application, token, session, organization } = await applicationAndUser(api);
    const administrator = await api.signIn(await api.createUser(organization, { role: 'administrator' }));
    expect((await introspected(api, application, { token })).active).toBe(true);
    await api.request(`/api/UserRequest/${session.requestId}`, { method: 'DELETE', token: administrator.token });
    const ended = { active: false, code: 'session-ended', endReason: 'terminated', endedBy: 'administrator' };
    expect(await introspected(api, application, { token })).toEqual(ended);
    const forged = `${token.slice(0, -43)}${'A'.repeat(43)}`;
    expect(await introspected(api, application, { token: forged })).toEqual({ active: false, code: 'unauthenticated' });
  });

  test('a session that has run out says so at that instant', async () => {
    const api = current();
    const { application, token } = await applicationAndUser(api);
    api.pass(timeouts.idleSeconds - 1);
    expect((await introspected(api, application, { token: application.token })).active).toBe(true);
    api.pass(1);
    const ended = { active: false, code: 'session-ended', endReason: 'idle-timeout', endedBy: 'service' };
    expect(await introspected(api, application, { token })).toEqual(ended);
  });

  test('whoever has no sessions:verify is refused, whatever the token', async () => {
    const api = current();
    const { application, token } = await applicationAndUser(api);
    for (const question of [{ token: application.token }, { token }, { token: 'nonsense' }]) {
      const problem = await problemOf(await post(api, path, { token }, question));
      expect(problem).toMatchObject({ code: 'forbidden', detail: expect.stringContaining('sessions:verify') });
    }
    const nobody = await problemOf(await post(api, path, { token: 'nonsense' }, { token }));
    expect(nobody.code).toBe('unauthenticated');
  });

  test.each([
    [{}, 'token'],
    [{ token: 'rct_', lastActivity: '' }, 'lastActivity'],
    [{ token: 'rct_', client: { ...client, ipAddress: 'nowhere' } }, 'client.ipAddress'],
  ])('%j is refused, naming %s', async (question, field) => {
    const api = current();
    const { application } = await applicationAndUser(api);
    const problem = await problemOf(await post(api, path, application, question));
    expect(problem).toMatchObject({ code: 'invalid', errors: [{ in: 'body', field }] });
  });

  test('tokens asked about are in no log', async () => {
    const api = new TestApi(current().database);
    const { application, token } = await applicationAndUser(api);
    await post(api, path, application, { token });
    await post(api, path, application, { token: `${token} ` });
    expect(api.logged.length).toBeGreaterThan(1);
    expect(api.logged.join()).not.toContain('rct_');
  });
});
