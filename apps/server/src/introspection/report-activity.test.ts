import { type Instant, toInstant, toMilliseconds } from '@rollcall/core/instant';
import { ActivityReceipt } from '@rollcall/core/schema/introspection';
import { describe, expect, test } from 'vitest';
import { bodyOf, onEachEngine, problemOf, type SignedInUser, TestApi, timeouts } from '../../test/api.ts';
import { applicationAndUser, phone, post } from '../../test/application.ts';
import { ENGINES } from '../../test/engines.ts';
import { openTestDatabase } from '../../test/test-database.ts';
import { DatabaseUnavailable } from '../database/unavailable.ts';

const path = '/api/Activity';

function earlier(now: Instant, seconds: number): Instant {
  return toInstant(toMilliseconds(now) - seconds * 1000);
}

/** Reports, and answers which sessions are not active. */
async function report(api: TestApi, application: SignedInUser, ...activities: object[]): Promise<string[]> {
  const answer = await post(api, path, application, { activities });
  return (await bodyOf(answer, ActivityReceipt)).notActive;
}

/** The session as the database has it once everything is written. */
async function stored(api: TestApi, organizationId: string, requestId: string) {
  await api.activity.flushAll();
  const row = await api.database.readSessionByKey(organizationId, requestId);
  return { at: row?.last_activity, from: row?.last_ip_address, with: row?.last_user_agent };
}

onEachEngine((current) => {
  async function signedIn() {
    const api = current();
    const { application, organization, session, token } = await applicationAndUser(api);
    const { requestId } = session;
    const kept = () => stored(api, organization.organizationId, requestId);
    return { api, application, organization, session, token, requestId, kept };
  }

  test('the newest of a session counts, and only forward', async () => {
    const { api, application, requestId, kept } = await signedIn();
    api.pass(100);
    const [newest, older] = [earlier(api.now, 10), earlier(api.now, 20)];
    const activities = [
      { requestId, at: newest, client: phone },
      { requestId, at: older },
    ];
    expect(await report(api, application, ...activities)).toEqual([]);
    const seen = { at: newest, from: '2001:db8::5', with: 'phone/1.0' };
    expect(await kept()).toEqual(seen);
    await report(api, application, { requestId, at: older, client: { ...phone, userAgent: 'old/1.0' } });
    expect(await kept()).toEqual(seen);
  });

  test('what waits to be written gives way to nothing older', async () => {
    const { api, application, organization, token, requestId } = await signedIn();
    const waiting = () => api.activity.pending(organization.organizationId, requestId);
    api.pass(100);
    await report(api, application, { requestId, at: earlier(api.now, 9), client: phone });
    expect(waiting()).toMatchObject({ at: earlier(api.now, 9), userAgent: 'phone/1.0' });
    await api.request('/api/Authentication', { token });
    await report(api, application, { requestId, at: earlier(api.now, 5), client: phone });
    expect(waiting()).toMatchObject({ at: api.now, userAgent: 'test/1.0' });
  });

  test('where no client is told, address and user agent stay as they are', async () => {
    const { api, application, requestId, kept } = await signedIn();
    api.pass(100);
    await report(api, application, { requestId, at: api.now });
    expect(await kept()).toEqual({ at: api.now, from: '192.0.2.7', with: 'test/1.0' });
  });

  test('the future counts as now, and what was before the session not at all', async () => {
    const { api, application, session, requestId, kept } = await signedIn();
    expect(await report(api, application, { requestId, at: earlier(session.createdAt, 1) })).toEqual([]);
    expect((await kept()).at).toBe(session.createdAt);
    api.pass(100);
    await report(api, application, { requestId, at: earlier(api.now, -3600) });
    expect((await kept()).at).toBe(api.now);
  });

  test('it keeps a session alive, but does not bring one back that has run out', async () => {
    const { api, application, requestId, token } = await signedIn();
    api.pass(timeouts.idleSeconds - 1);
    expect(await report(api, application, { requestId, at: api.now })).toEqual([]);
    api.pass(timeouts.idleSeconds - 1);
    expect((await api.request('/api/Authentication', { token: application.token })).status).toBe(200);
    api.pass(1);
    expect(await report(api, application, { requestId, at: earlier(api.now, 2) })).toEqual([requestId]);
    const problem = await problemOf(await api.request('/api/Authentication', { token }));
    expect(problem).toMatchObject({ code: 'session-ended', endReason: 'idle-timeout' });
  });

  test('sessions that ended, of disabled users, of other organizations and of nobody are named, the others count', async () => {
    const { api, application, organization, requestId, kept } = await signedIn();
    const ended = await api.signIn(await api.createUser(organization));
    await api.request('/api/Authentication', { method: 'DELETE', token: ended.token });
    const disabled = await api.signIn(await api.createUser(organization));
    await api.database.inOrganization(organization.organizationId, (tx) =>
      tx.updateTable('users').set({ disabled_at: api.now }).where('user_id', '=', disabled.session.userId).execute(),
    );
    const foreign = await api.administrator();
    api.pass(100);
    const ids = [ended, disabled, foreign].map(({ session }) => session.requestId);
    const notActive = [...ids, '019346c4-1f2b-7000-8000-00000000000a'];
    const activities = [...notActive, requestId, requestId].map((id) => ({
      requestId: id.toUpperCase(),
      at: api.now,
      client: phone,
    }));
    expect(new Set(await report(api, application, ...activities))).toEqual(new Set(notActive));
    expect((await kept()).at).toBe(api.now);
    const theirs = await stored(api, foreign.organization.organizationId, foreign.session.requestId);
    expect(theirs.at).toBe(foreign.session.createdAt);
  });

  test('whoever has no sessions:verify is refused, and nothing counts', async () => {
    const { api, session, token, requestId, kept } = await signedIn();
    const problem = await problemOf(await post(api, path, { token }, { activities: [{ requestId, at: api.now }] }));
    expect(problem.code).toBe('forbidden');
    expect((await kept()).at).toBe(session.createdAt);
  });

  test.each([
    [{}, 'activities'],
    [{ activities: [{ requestId: 'x', at: '2026-11-23T09:42:19Z' }] }, 'activities.0.requestId'],
    [{ activities: [{ requestId: crypto.randomUUID(), at: 'now' }] }, 'activities.0.at'],
  ])('%j is refused, naming %s', async (body, field) => {
    const { api, application } = await signedIn();
    const problem = await problemOf(await post(api, path, application, body));
    expect(problem).toMatchObject({ code: 'invalid', errors: [{ in: 'body', field }] });
  });
});

describe.each(ENGINES)('while the %s database does not answer', (engine) => {
  test('no token is called bad, and no session inactive: both are told to come again', async () => {
    const { database, destroy } = await openTestDatabase(engine);
    const broken = { ...database };
    const api = new TestApi(broken);
    const { application, token, session } = await applicationAndUser(api);
    expect((await api.request('/api/Authentication', { token: application.token })).status).toBe(200);
    const down = () => Promise.reject(new DatabaseUnavailable('down'));
    Object.assign(broken, { inOrganization: down, readSessionByKey: down });
    const activities = [{ requestId: session.requestId, at: api.now }];
    for (const answer of [
      await post(api, '/api/Introspection', application, { token, client: phone }),
      await post(api, '/api/Introspection', application, { token }),
      await post(api, path, application, { activities }),
    ]) {
      expect((await problemOf(answer)).code).toBe('unavailable');
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    }
    await destroy();
  });
});
