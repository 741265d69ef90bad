/** A token that somebody else planted before a sign-in: it must not become the token of whoever signs in, nor theirs be known beforehand. */
import { Authentication, SignedIn } from '@rollcall/core/schema/authentication';
import { SessionList } from '@rollcall/core/schema/session-list';
import { expect, test } from 'vitest';
import {
  bodyOf,
  credentialsOf,
  onEachEngine,
  ownOrigin,
  problemOf,
  type TestApi,
  type TestUser,
} from '../../test/api.ts';

const inCookie = { transport: 'cookie' } as const;

/** Signs in with a browser that has this cookie already. */
async function signInWithCookie(api: TestApi, user: TestUser, planted: string): Promise<{ token: string }> {
  const headers = { origin: ownOrigin, cookie: `rollcall=${planted}` };
  const answer = await api.postSignIn({ ...credentialsOf(user), ...inCookie }, { headers });
  expect(answer.status).toBe(201);
  const [, token = ''] = /^rollcall=([^;]+);/.exec(answer.headers.get('set-cookie') ?? '') ?? [];
  return { token };
}

async function whoIs(api: TestApi, token: string): Promise<Authentication> {
  return await bodyOf(await api.request('/api/Authentication', { token }), Authentication);
}

onEachEngine((current) => {
  test('whoever signs in with the cookie of another’s session gets a session of their own, and the other’s stays the other’s', async () => {
    const api = current();
    const organization = await api.createOrganization();
    const [attacker, victim] = [await api.createUser(organization), await api.createUser(organization)];
    const planted = await api.signIn(attacker);
    const { token } = await signInWithCookie(api, victim, planted.token);
    const signedIn = await whoIs(api, token);
    expect(signedIn.user.email).toBe(victim.email);
    expect(signedIn.session.requestId).not.toBe(planted.session.requestId);
    const stillTheirs = await whoIs(api, planted.token);
    expect(stillTheirs.user.email).toBe(attacker.email);
    expect(stillTheirs.session).toMatchObject({ requestId: planted.session.requestId, userEmail: attacker.email });
  });

  test('with a token in the header, whoever it belongs to, no different', async () => {
    const api = current();
    const organization = await api.createOrganization();
    const [attacker, victim] = [await api.createUser(organization), await api.createUser(organization)];
    const planted = await api.signIn(attacker);
    const answer = await api.postSignIn(credentialsOf(victim), {
      headers: { authorization: `Bearer ${planted.token}` },
    });
    const { session, token } = await bodyOf(answer, SignedIn);
    expect(session).toMatchObject({ userEmail: victim.email });
    expect(token).not.toBe(planted.token);
    expect((await whoIs(api, planted.token)).user.email).toBe(attacker.email);
  });

  test.each([
    ['well-formed', (token: string) => `${token.slice(0, -43)}${'A'.repeat(43)}`],
    ['of a session that has ended', (token: string) => token],
    ['made up', () => 'chosen-by-somebody-else'],
  ])('a cookie that is %s is replaced, not taken over', async (_, plantedOf) => {
    const api = current();
    const user = await api.createUser(await api.createOrganization());
    const former = await api.signIn(user);
    await api.request('/api/Authentication', { method: 'DELETE', token: former.token });
    const planted = plantedOf(former.token);
    const { token } = await signInWithCookie(api, user, planted);
    expect(token).not.toBe(planted);
    expect((await whoIs(api, token)).session.requestId).not.toBe(former.session.requestId);
    expect((await api.request('/api/Authentication', { token: planted })).status).toBe(401);
  });

  test.each(['requestId', 'token', 'session', 'sessionId'])('nobody chooses a %s', async (member) => {
    const api = current();
    const user = await api.createUser(await api.createOrganization());
    const chosen = { [member]: crypto.randomUUID() };
    const { code, errors } = await problemOf(await api.postSignIn({ ...credentialsOf(user), ...chosen }));
    expect(code).toBe('invalid');
    expect(errors).toEqual([{ in: 'body', field: member, message: 'is not known here' }]);
  });

  test('every sign-in begins another session, also of the same user from the same place', async () => {
    const api = current();
    const user = await api.createUser(await api.createOrganization());
    const first = await api.signIn(user);
    const second = await api.signIn(user);
    expect(second.token).not.toBe(first.token);
    const list = await bodyOf(await api.request('/api/UserRequests', { token: second.token }), SessionList);
    expect(new Set(list.sessions.map(({ requestId }) => requestId))).toEqual(
      new Set([first, second].map(({ session }) => session.requestId)),
    );
  });
});
