import { Authentication } from '@rollcall/core/schema/authentication';
import { Session } from '@rollcall/core/schema/session';
import { describe, expect, test } from 'vitest';
import { bodyOf, onEachEngine, ownOrigin, problemOf, TestApi, timeouts } from '../../test/api.ts';
import { ENGINES } from '../../test/engines.ts';
import { openTestDatabase } from '../../test/test-database.ts';

const unknownId = '01a207c8-f078-7404-83dc-e75fd24bfbbd';

onEachEngine((current) => {
  test('a good token says who it is', async () => {
    const api = current();
    const { user, organization, session, token } = await api.administrator();
    const answer = await api.request('/api/Authentication', { token });
    expect(await bodyOf(answer, Authentication)).toEqual({
      session: Session.parse(session),
      user: { userId: user.userId, email: user.email, accountType: 'person', role: 'administrator' },
      organization,
      permissions: ['users:manage', 'audit:read', 'integrations:manage', 'sessions:verify'],
    });
  });

  test('the scheme is spelled in any case', async () => {
    const api = current();
    const { token } = await api.administrator();
    const answer = await api.request('/api/Authentication', { headers: { authorization: `bearer ${token}` } });
    expect(answer.status).toBe(200);
  });

  test.each<[string, (token: string) => string | undefined]>([
    ['no token', () => undefined],
    ['nonsense', () => 'nonsense'],
    ['a wrong mac', (token) => `${token.slice(0, -43)}${'A'.repeat(43)}`],
    ['the next number', (token) => token.replace('.1.', '.2.')],
    ['another session', (token) => token.replace(/\.[^.]*/, `.${unknownId}`)],
    ['another organization', (token) => token.replace(/_[^.]*/, `_${unknownId}`)],
    ['a second spelling', (token) => token.toUpperCase().replace('RCT', 'rct')],
  ])('%s is refused without an explanation', async (_, change) => {
    const api = current();
    const { token } = await api.administrator();
    const changed = change(token);
    const answer = await api.request('/api/Authentication', changed === undefined ? {} : { token: changed });
    const problem = await problemOf(answer);
    expect(problem).toMatchObject({ code: 'unauthenticated', status: 401 });
    expect(problem).not.toHaveProperty('endReason');
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
  });

  test('a token of which another salt is stored is refused: neither secret nor database makes it alone', async () => {
    const api = current();
    const one = await api.administrator();
    const other = await api.signIn(one.user);
    const mac = one.token.slice(-43);
    const answer = await api.request('/api/Authentication', { token: `${other.token.slice(0, -43)}${mac}` });
    expect((await problemOf(answer)).code).toBe('unauthenticated');
  });

  test('a session that is idle or old for too long has ended at that very instant, and says why', async () => {
    const api = current();
    const { user } = await api.administrator();
    const { token } = await api.signIn(user);
    api.pass(timeouts.idleSeconds);
    const idle = await problemOf(await api.request('/api/Authentication', { token }));
    expect(idle).toMatchObject({ code: 'session-ended', endReason: 'idle-timeout' });

    const old = await api.signIn(user);
    for (let hours = 0; hours < 24; hours += 0.5) {
      expect((await api.request('/api/Authentication', { token: old.token })).status).toBe(200);
      api.pass(1800);
    }
    const absolute = await problemOf(await api.request('/api/Authentication', { token: old.token }));
    expect(absolute).toMatchObject({ code: 'session-ended', endReason: 'absolute-timeout' });
  });

  test('who ended it is not said, only what they are', async () => {
    const api = current();
    const administrator = await api.administrator();
    const member = await api.signIn(await api.createUser(administrator.organization));
    const path = `/api/UserRequest/${member.session.requestId}`;
    await api.request(path, { token: administrator.token, method: 'DELETE' });
    const problem = await problemOf(await api.request('/api/Authentication', { token: member.token }));
    expect(problem).toMatchObject({
      code: 'session-ended',
      endReason: 'terminated',
      detail: 'The session has been terminated by an administrator.',
    });
    const forged = `${member.token.slice(0, -43)}${'A'.repeat(43)}`;
    expect((await problemOf(await api.request('/api/Authentication', { token: forged }))).code).toBe('unauthenticated');
  });

  test('a disabled user’s token is good no longer', async () => {
    const api = current();
    const { user, token } = await api.administrator();
    await api.database.inOrganization(user.organization.organizationId, (tx) =>
      tx.updateTable('users').set({ disabled_at: api.now }).where('user_id', '=', user.userId).execute(),
    );
    const problem = await problemOf(await api.request('/api/Authentication', { token }));
    expect(problem).toMatchObject({ code: 'session-ended', endReason: 'user-disabled' });
  });

  test('a malformed token never reaches the database', async () => {
    const { database } = current();
    const asked: string[] = [];
    const readSessionByKey: typeof database.readSessionByKey = (organizationId, requestId) => {
      asked.push(requestId);
      return database.readSessionByKey(organizationId, requestId);
    };
    const api = new TestApi({ ...database, readSessionByKey });
    const { token, session } = await api.administrator();
    for (const malformed of [`${token}A`, token.slice(1), `${token}\u0000`.slice(0, -2), 'rct_', `${token}.${token}`]) {
      expect((await api.request('/api/Authentication', { token: malformed })).status).toBe(401);
    }
    expect(asked).toEqual([]);
    await api.request('/api/Authentication', { token });
    expect(asked).toEqual([session.requestId]);
  });

  describe('in a cookie', () => {
    test('it is as good as in the header, which wins where both are there', async () => {
      const api = current();
      const one = await api.administrator();
      const other = await api.administrator();
      const headers = { cookie: `theme=dark; rollcall=${one.token}` };
      const inCookie = await bodyOf(await api.request('/api/Authentication', { headers }), Authentication);
      expect(inCookie.session.requestId).toBe(one.session.requestId);
      const both = await api.request('/api/Authentication', { headers, token: other.token });
      expect((await bodyOf(both, Authentication)).session.requestId).toBe(other.session.requestId);
      expect((await api.request('/api/Authentication', { headers, token: 'nonsense' })).status).toBe(401);
      const basic = { ...headers, authorization: 'Basic dXNlcjpwYXNz' };
      expect((await api.request('/api/Authentication', { headers: basic })).status).toBe(200);
    });

    test.each([undefined, 'null', 'https://evil.test', 'http://localhost:4401'])(
      'a write from the origin %s is refused',
      async (origin) => {
        const api = current();
        const { token, session } = await api.administrator();
        const cookie = `rollcall=${token}`;
        const headers = origin === undefined ? { cookie } : { cookie, origin };
        for (const path of ['/api/Authentication', `/api/UserRequest/${session.requestId}`]) {
          const answer = await api.request(path, { method: 'DELETE', headers });
          expect((await problemOf(answer)).code).toBe('cross-origin');
        }
        expect((await api.request('/api/Authentication', { headers })).status).toBe(200);
      },
    );

    test('a write from one’s own origin is accepted, and signing out clears the cookie', async () => {
      const api = current();
      const { token } = await api.administrator();
      const headers = { cookie: `rollcall=${token}`, origin: ownOrigin };
      const answer = await api.request('/api/Authentication', { method: 'DELETE', headers });
      expect(answer.status).toBe(204);
      expect(answer.headers.get('set-cookie')).toMatch(/^rollcall=; Max-Age=0; Path=\/; HttpOnly; SameSite=Lax$/);
      const after = await problemOf(await api.request('/api/Authentication', { headers }));
      expect(after).toMatchObject({ code: 'session-ended', endReason: 'signed-out' });
    });

    test('with a token in the header, the origin does not matter', async () => {
      const api = current();
      const { token } = await api.administrator();
      const headers = { origin: 'https://evil.test' };
      const answer = await api.request('/api/Authentication', { method: 'DELETE', headers, token });
      expect(answer.status).toBe(204);
      expect(answer.headers.get('set-cookie')).toBeNull();
    });
  });
});

describe.each(ENGINES)('%s', (engine) => {
  test('tokens of a former secret are good until it is removed', async () => {
    const { database, destroy } = await openTestDatabase(engine);
    const [former, present] = ['the former secret, long enough to be one', 'the present secret, long enough to be one'];
    const before = new TestApi(database, { secrets: [former] });
    const { user, token } = await before.administrator();
    const during = new TestApi(database, { secrets: [present, former] });
    expect((await during.request('/api/Authentication', { token })).status).toBe(200);
    const fresh = await during.signIn(user);
    const after = new TestApi(database, { secrets: [present] });
    expect((await after.request('/api/Authentication', { token })).status).toBe(401);
    expect((await after.request('/api/Authentication', { token: fresh.token })).status).toBe(200);
    await destroy();
  });
});
