/** The client against the real service. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { memoryTokenStore } from '../src/index.ts';
import { failureOf } from './client.ts';
import { credentialsOf, openRollcall, type RealRollcall } from './real-rollcall.ts';

let real: RealRollcall;
beforeAll(async () => {
  real = await openRollcall();
});
afterAll(() => real[Symbol.asyncDispose]());

/** A new organization's administrator, whose client has signed in. */
async function administrator() {
  const { api } = real;
  const organization = await api.createOrganization();
  const user = await api.createUser(organization, { role: 'administrator' });
  const rollcall = real.client({ headers: { 'user-agent': 'contract/1.0' } });
  const { session } = await rollcall.signIn(credentialsOf(user));
  return { organization, user, rollcall, session };
}

test('the rotations of a session are told, and of nobody else’s', async () => {
  const { rollcall, session } = await administrator();
  expect(await rollcall.rotations(session.requestId)).toEqual([]);
  const stranger = await administrator();
  expect(await failureOf(stranger.rollcall.rotations(session.requestId))).toMatchObject({ code: 'not-found' });
});

test('an export is a stream, and says how much is to come', async () => {
  const { rollcall, session } = await administrator();
  const { total, body } = await rollcall.exportSessions({ format: 'ndjson' });
  expect(total).toBe(1);
  expect(JSON.parse(await new Response(body).text())).toMatchObject({ requestId: session.requestId });
  expect(await failureOf(rollcall.exportSessions({ search: 'ip:10.0.0.0/99' }))).toMatchObject({ code: 'invalid' });
});

test('several sessions end once their number has been seen', async () => {
  const { rollcall, user } = await administrator();
  await real.client().signIn(credentialsOf(user));
  const mark = await rollcall.previewTermination(user.email);
  expect(mark.count).toBe(1);
  const ended = await rollcall.endSessions({ search: user.email, mark });
  expect(ended).toMatchObject({ ended: 1, remaining: 0 });
});

test('views are kept, listed and removed', async () => {
  const { rollcall } = await administrator();
  const kept = await rollcall.saveView({ name: 'Night shift', search: 'status:active', columns: ['userEmail'] });
  expect(await rollcall.savedViews()).toEqual([kept]);
  expect(await rollcall.removeView(kept.viewId)).toEqual(kept);
  expect(await rollcall.savedViews()).toEqual([]);
  expect(await failureOf(rollcall.removeView(kept.viewId))).toMatchObject({ code: 'not-found' });
});

test('an identity provider is refused by the name of what is wrong, and none is no failure', async () => {
  const { rollcall, organization } = await administrator();
  const { slug, organizationId } = organization;
  const { identityProvider, addresses } = await rollcall.singleSignOn.provider();
  expect([identityProvider, addresses.backChannelLogoutUrl.endsWith(organizationId)]).toEqual([undefined, true]);
  const provider = { issuer: 'https://login.example.com', clientId: 'rollcall', clientSecret: 'secret' };
  const refused = await failureOf(rollcall.singleSignOn.setProvider(provider));
  expect(refused).toMatchObject({ code: 'invalid', errors: [{ in: 'body', field: 'issuer' }] });
  expect(await failureOf(rollcall.singleSignOn.removeProvider())).toMatchObject({ code: 'not-found' });
  expect(await real.client().singleSignOn.methods(slug)).toEqual(['password']);
  expect(await rollcall.singleSignOn.signOutAddress()).toBeUndefined();
  const address = new URL(rollcall.singleSignOn.address({ organization: slug, returnTo: '/system' }));
  expect(address.pathname + address.search).toBe(`/api/SingleSignOn?organization=${slug}&returnTo=%2Fsystem`);
  expect(new URL(rollcall.singleSignOn.address()).search).toBe('');
});

describe('one’s own session', () => {
  test('begins, is found in the list, ends, and is refused from then on', async () => {
    const { rollcall, user, session, organization } = await administrator();
    expect(session).toMatchObject({ userEmail: user.email, isActive: true, clientType: 'api' });
    const me = await rollcall.whoAmI();
    expect(me).toMatchObject({ user: { userId: user.userId, role: 'administrator' }, organization });
    expect(me.session).toMatchObject({ requestId: session.requestId, isCurrent: true, userAgent: 'contract/1.0' });
    const list = await rollcall.listSessions({ search: user.email });
    expect(list).toMatchObject({ total: 1, totalIsExact: true, page: 1, pageSize: 10 });
    expect(list.sessions.map(({ requestId }) => requestId)).toEqual([session.requestId]);

    const ended = await rollcall.endSession(session.requestId);
    expect(ended.session).toMatchObject({ isActive: false, endReason: 'terminated', endedBy: user.email });
    expect(ended.confirmation.nodes).toBeGreaterThan(0);
    const failure = await failureOf(rollcall.whoAmI());
    expect(failure).toMatchObject({ code: 'session-ended', status: 401, endReason: 'terminated' });
    expect(failure.traceId).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('is signed out once, and then nobody is signed in', async () => {
    const { rollcall } = await administrator();
    await rollcall.signOut();
    expect(await failureOf(rollcall.whoAmI())).toMatchObject({ code: 'unauthenticated', status: 401 });
  });

  test('can be signed out when it has ended already', async () => {
    const { rollcall, session } = await administrator();
    await rollcall.endSession(session.requestId);
    await expect(rollcall.signOut()).resolves.toBeUndefined();
  });

  test('goes on with its token in another client', async () => {
    const { user } = await administrator();
    const tokens = memoryTokenStore();
    const { session } = await real.client({ tokens }).signIn(credentialsOf(user));
    const token = await tokens.read();
    const { session: current } = await real.client({ token }).whoAmI();
    expect(current.requestId).toBe(session.requestId);
  });
});

describe('the sessions of an organization', () => {
  test('are read to the last one, each once, oldest first', async () => {
    const { rollcall, user, session } = await administrator();
    const begun = [session.requestId];
    for (let count = 0; count < 24; count += 1) {
      real.api.pass(1);
      begun.push((await real.client().signIn(credentialsOf(user))).session.requestId);
    }
    const read: string[] = [];
    for await (const { requestId } of rollcall.sessions({ pageSize: 10 })) read.push(requestId);
    expect(read).toEqual(begun);
    const statistics = await rollcall.statistics();
    expect(statistics).toMatchObject({ totalSessions: 25, activeSessions: 25, uniqueUsers: 1 });
  });

  test('are each found by their id', async () => {
    const { rollcall, session } = await administrator();
    expect((await rollcall.getSession(session.requestId)).requestId).toBe(session.requestId);
  });

  test('leave a trail when they end', async () => {
    const { rollcall, session, user } = await administrator();
    const other = await real.client().signIn(credentialsOf(user));
    real.api.pass(1);
    await rollcall.endSession(other.session.requestId);
    const { events, total } = await rollcall.auditEvents({ pageSize: 3 });
    expect(total).toBeGreaterThan(1);
    expect(events).toContainEqual(
      expect.objectContaining({
        ...{ action: 'termination', outcome: 'success' },
        ...{ actorRequestId: session.requestId, subjectRequestId: other.session.requestId },
      }),
    );
  });
});

describe('the service says no', () => {
  test('sign-in-failed to a wrong password, and after too many of them how long to wait', async () => {
    const { user } = await administrator();
    const wrong = { ...credentialsOf(user), password: 'a wrong password' };
    const codes: string[] = [];
    for (let attempt = 0; attempt < 5; attempt += 1) codes.push((await failureOf(real.client().signIn(wrong))).code);
    expect(new Set(codes)).toEqual(new Set(['sign-in-failed']));
    const failure = await failureOf(real.client().signIn(credentialsOf(user)));
    expect(failure).toMatchObject({ code: 'too-many-attempts', status: 429 });
    expect(failure.retryAfter).toBeGreaterThan(0);
  });

  test('invalid, and which member it is', async () => {
    const { rollcall } = await administrator();
    const failure = await failureOf(rollcall.listSessions({ pageSize: 101 }));
    expect(failure).toMatchObject({ code: 'invalid', status: 400, errors: [{ in: 'query', field: 'pageSize' }] });
  });

  test('not-active to whoever comes second', async () => {
    const { rollcall, user } = await administrator();
    const { session } = await real.client().signIn(credentialsOf(user));
    await rollcall.endSession(session.requestId);
    expect((await failureOf(rollcall.endSession(session.requestId))).code).toBe('not-active');
  });

  test('forbidden and not-found to a member who reaches for another’s session', async () => {
    const { organization, session } = await administrator();
    const member = real.client();
    await member.signIn(credentialsOf(await real.api.createUser(organization)));
    expect((await failureOf(member.endSession(session.requestId))).code).toBe('forbidden');
    expect((await failureOf(member.getSession(session.requestId))).code).toBe('not-found');
    expect((await failureOf(member.auditEvents())).code).toBe('forbidden');
  });

  test('not-found to an address of its own that does not exist', async () => {
    const astray = real.client({ baseUrl: 'http://rollcall.test/api/nowhere' });
    expect(await failureOf(astray.whoAmI())).toMatchObject({ code: 'not-found', status: 404 });
  });
});

test('an application signs its user in from where that user is, and keeps its own token', async () => {
  const { api } = real;
  const organization = await api.createOrganization();
  const application = real.client();
  const account = await api.createUser(organization, { accountType: 'service', permissions: ['sessions:verify'] });
  const { session: own } = await application.signIn(credentialsOf(account));
  const client = { ipAddress: '203.0.113.7', userAgent: 'Phone/1.0' };
  const { session, token } = await application.signIn({ ...credentialsOf(await api.createUser(organization)), client });
  expect(session).toMatchObject(client);
  expect((await application.whoAmI()).session.requestId).toBe(own.requestId);
  expect((await real.client({ token }).whoAmI()).session.requestId).toBe(session.requestId);
});

describe('every endpoint', () => {
  test('is typed, also those that no call is made of', async () => {
    const { api } = real.client();
    expect((await api.GET('/health/live')).data).toEqual({ status: 'ok' });
    expect((await api.GET('/api/openapi.json')).data).toHaveProperty('openapi');
    expect((await api.GET('/api/docs', { parseAs: 'text' })).data).toMatch(/^<!doctype html>/i);
  });

  test('answers problems as data', async () => {
    const { data, error, response } = await real.client().api.GET('/api/UserRequests');
    expect([data, error?.code, response.status]).toEqual([undefined, 'unauthenticated', 401]);
  });
});
