import { AuditEventList } from '@rollcall/core/schema/audit';
import { Authentication, SignedIn } from '@rollcall/core/schema/authentication';
import { describe, expect, test } from 'vitest';
import { bodyOf, credentialsOf, onEachEngine, ownOrigin, password, problemOf, TestApi } from '../../test/api.ts';
import { ENGINES } from '../../test/engines.ts';
import { openTestDatabase } from '../../test/test-database.ts';

const chrome =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36';

async function signInEvents(api: TestApi, token: string) {
  const answer = await api.request('/api/AuditEvents?pageSize=100', { token });
  const { events } = await bodyOf(answer, AuditEventList);
  return events.filter(({ action }) => action === 'sign-in');
}

onEachEngine((current) => {
  test('the right password begins a session', async () => {
    const api = current();
    const user = await api.createUser(await api.createOrganization());
    const client = { peerAddress: '::ffff:192.0.2.9', userAgent: chrome };
    const answer = await api.postSignIn(credentialsOf(user), { client });
    expect(answer.status).toBe(201);
    const { session, token } = await bodyOf(answer, SignedIn);
    expect(session).toMatchObject({
      userId: user.userId,
      userEmail: user.email,
      sessionName: 'Chrome on macOS',
      ipAddress: '192.0.2.9',
      userAgent: chrome,
      isActive: true,
      createdAt: api.now,
      clientType: 'api',
      authMethod: 'password',
      isCurrent: true,
    });
    expect(token).toMatch(new RegExp(`^rct_${user.organization.organizationId}\\.${session.requestId}\\.1\\.`));
    const who = await bodyOf(await api.request('/api/Authentication', { token: token ?? '' }), Authentication);
    expect(who.session.requestId).toBe(session.requestId);
  });

  test.each([
    ['Backup job', chrome, 'Backup job'],
    ['  trimmed  ', chrome, 'trimmed'],
    [undefined, 'curl/8.17.0', 'curl'],
    [undefined, 'Mozilla/5.0', 'Unknown client'],
    [undefined, undefined, 'Unknown client'],
  ])('a session named %s from %s is called %s', async (sessionName, userAgent, expected) => {
    const api = current();
    const user = await api.createUser(await api.createOrganization());
    const { session } = await api.signIn(user, { ...(sessionName && { sessionName }), client: { userAgent } });
    expect(session.sessionName).toBe(expected);
  });

  test('the e-mail may be spelled in another case; the session shows the user’s own spelling', async () => {
    const api = current();
    const user = await api.createUser(await api.createOrganization(), { email: 'Straße@Example.com' });
    const { session } = await api.signIn(user, { email: 'STRASSE@example.COM' });
    expect(session.userEmail).toBe('Straße@Example.com');
  });

  test('a password that was changed or a user who was disabled meanwhile does not get in', async () => {
    const api = current();
    const user = await api.createUser(await api.createOrganization());
    const verify = api.passwords.verify;
    api.passwords.verify = async (text, hash) => {
      const isRight = await verify(text, hash);
      await api.database.inOrganization(user.organization.organizationId, (tx) =>
        tx.updateTable('users').set({ disabled_at: api.now }).where('user_id', '=', user.userId).execute(),
      );
      return isRight;
    };
    try {
      expect((await problemOf(await api.postSignIn(credentialsOf(user)))).code).toBe('sign-in-failed');
    } finally {
      api.passwords.verify = verify;
    }
  });

  test('successes and failures are audited', async () => {
    const api = current();
    const { organization, user, token, session } = await api.administrator();
    await api.postSignIn({ ...credentialsOf(user), password: 'wrong' });
    await api.postSignIn({ ...credentialsOf(user), email: 'nobody@example.com' });
    const events = await signInEvents(api, token);
    expect(organization.slug).toBe(user.organization.slug);
    const where = { at: api.now, ipAddress: '192.0.2.7', userAgent: 'test/1.0', action: 'sign-in' };
    const success = { actorEmail: user.email, actorRequestId: session.requestId, subjectRequestId: session.requestId };
    expect(events.map(({ eventId, ...event }) => event)).toEqual(
      expect.arrayContaining([
        { ...where, ...success, outcome: 'success', subjectEmail: user.email },
        { ...where, outcome: 'refused', reason: 'sign-in-failed', subjectEmail: user.email },
        { ...where, outcome: 'refused', reason: 'sign-in-failed', subjectEmail: 'nobody@example.com' },
      ]),
    );
    expect(events).toHaveLength(3);
  });

  describe('with a cookie', () => {
    test('from its own origin, the token travels in the cookie alone', async () => {
      const api = current();
      const user = await api.createUser(await api.createOrganization());
      const headers = { origin: 'http://127.0.0.1:4400' };
      const answer = await api.postSignIn({ ...credentialsOf(user), transport: 'cookie' }, { headers });
      const { session, token } = await bodyOf(answer, SignedIn);
      expect(token).toBeUndefined();
      expect(session.clientType).toBe('console');
      const cookie = answer.headers.get('set-cookie') ?? '';
      expect(cookie).toMatch(/^rollcall=rct_[^;]*; Max-Age=86400; Path=\/; HttpOnly; SameSite=Lax$/);
      const who = await api.request('/api/Authentication', { headers: { cookie: cookie.split(';')[0] ?? '' } });
      expect(who.status).toBe(200);
    });

    test.each([
      undefined,
      'null',
      'http://localhost:4401',
      'https://localhost:4400',
      'http://localhost.evil.test:4400',
    ])('from the origin %s it is refused, and nobody is signed in', async (origin) => {
      const api = current();
      const { user, token } = await api.administrator();
      const headers = origin === undefined ? {} : { origin };
      const answer = await api.postSignIn({ ...credentialsOf(user), transport: 'cookie' }, { headers });
      expect((await problemOf(answer)).code).toBe('cross-origin');
      expect(answer.headers.get('set-cookie')).toBeNull();
      expect(await signInEvents(api, token)).toHaveLength(1);
    });
  });
});

describe.each(ENGINES)('%s', (engine) => {
  test('the organization may be left out exactly while there is one', async () => {
    const opened = await openTestDatabase(engine);
    const api = new TestApi(opened.database);
    const withoutOrganization = { method: 'password', email: 'ada@example.com', password };
    expect((await problemOf(await api.postSignIn(withoutOrganization))).errors).toEqual([
      { in: 'body', field: 'organization', message: expect.stringContaining('must be given') },
    ]);
    await api.createUser(await api.createOrganization(), { email: 'ada@example.com' });
    expect((await api.postSignIn(withoutOrganization)).status).toBe(201);
    await api.createOrganization();
    expect((await problemOf(await api.postSignIn(withoutOrganization))).errors).toMatchObject([
      { in: 'body', field: 'organization' },
    ]);
    await opened.destroy();
  });

  test('over https the cookie is bound to this host', async () => {
    const opened = await openTestDatabase(engine);
    const publicUrl = new URL('https://sessions.example.com');
    const api = new TestApi(opened.database, {
      publicUrl,
      timeouts: { idleSeconds: 60, absoluteSeconds: 315_360_000 },
    });
    const user = await api.createUser(await api.createOrganization());
    const body = { ...credentialsOf(user), transport: 'cookie' };
    expect((await api.postSignIn(body, { headers: { origin: ownOrigin } })).status).toBe(403);
    const answer = await api.postSignIn(body, { headers: { origin: publicUrl.origin } });
    expect(answer.headers.get('set-cookie')).toMatch(
      /^__Host-rollcall=rct_[^;]*; Max-Age=34560000; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    );
    await opened.destroy();
  });
});
