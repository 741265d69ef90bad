import { expiresAt } from '@rollcall/core/lifetime';
import { AuditEventList } from '@rollcall/core/schema/audit';
import { SessionAnswer, Termination } from '@rollcall/core/schema/session';
import { describe, expect, test } from 'vitest';
import { bodyOf, onEachEngine, problemOf, type TestApi, timeouts } from '../../test/api.ts';

async function terminate(api: TestApi, requestId: string, token: string): Promise<Response> {
  return await api.request(`/api/UserRequest/${requestId}`, { method: 'DELETE', token });
}

async function terminations(api: TestApi, token: string) {
  const answer = await api.request('/api/AuditEvents?pageSize=100', { token });
  const { events } = await bodyOf(answer, AuditEventList);
  return events.filter(({ action }) => action === 'termination').map(({ eventId, ...event }) => event);
}

onEachEngine((current) => {
  test('an administrator ends a member’s session: it is over at once, and answered as it ended', async () => {
    const api = current();
    const { organization, user, token, session } = await api.administrator();
    const member = await api.signIn(await api.createUser(organization));
    api.pass(90);
    await api.request('/api/Authentication', { token: member.token });
    const lastActivity = api.now;
    api.pass(30);
    const answer = await terminate(api, member.session.requestId, token);
    const ended = await bodyOf(answer, Termination);
    expect(ended.session).toEqual({
      ...member.session,
      lastActivity,
      expiresAt: expiresAt({ ...member.session, lastActivity }, timeouts),
      isActive: false,
      isCurrent: false,
      endedAt: api.now,
      endReason: 'terminated',
      endedBy: user.email,
    });
    expect(ended.confirmation.nodes).toBe(1);
    expect((await api.request('/api/Authentication', { token: member.token })).status).toBe(401);
    const read = await api.request(`/api/UserRequest/${member.session.requestId}`, { token });
    expect((await bodyOf(read, SessionAnswer)).session).toEqual(ended.session);
    expect(await terminations(api, token)).toEqual([
      {
        action: 'termination',
        outcome: 'success',
        at: api.now,
        actorEmail: user.email,
        actorRequestId: session.requestId,
        subjectEmail: member.session.userEmail,
        subjectRequestId: member.session.requestId,
        ipAddress: '192.0.2.7',
        userAgent: 'test/1.0',
      },
    ]);
  });

  test('an id may be written in capitals', async () => {
    const api = current();
    const { token, session } = await api.administrator();
    const answer = await terminate(api, session.requestId.toUpperCase(), token);
    const { session: ended } = await bodyOf(answer, Termination);
    expect(ended).toMatchObject({ requestId: session.requestId, isCurrent: true });
  });

  test('a member ends another session of their own, and their current one', async () => {
    const api = current();
    const user = await api.createUser(await api.createOrganization());
    const [one, other] = [await api.signIn(user), await api.signIn(user)];
    expect((await terminate(api, other.session.requestId, one.token)).status).toBe(200);
    expect((await terminate(api, one.session.requestId, one.token)).status).toBe(200);
    const problem = await problemOf(await api.request('/api/Authentication', { token: one.token }));
    expect(problem.detail).toBe('The session has been terminated by its user.');
  });

  describe('is refused, audited and without effect', () => {
    const nowhere = '01a207c8-f078-7404-83dc-e75fd24bfbbd';

    test('for a session that does not exist', async () => {
      const api = current();
      const { token } = await api.administrator();
      expect((await problemOf(await terminate(api, nowhere, token))).code).toBe('not-found');
      expect(await terminations(api, token)).toMatchObject([
        { outcome: 'refused', reason: 'not-found', subjectRequestId: nowhere },
      ]);
    });

    test('for another organization’s session, of which nothing is said', async () => {
      const api = current();
      const { token } = await api.administrator();
      const foreign = await api.administrator();
      const answer = await terminate(api, foreign.session.requestId, token);
      expect((await problemOf(answer)).code).toBe('not-found');
      const [event, ...others] = await terminations(api, token);
      expect(others).toEqual([]);
      expect(event).toMatchObject({ reason: 'not-found', subjectRequestId: foreign.session.requestId });
      expect(event).not.toHaveProperty('subjectEmail');
      expect(await terminations(api, foreign.token)).toEqual([]);
      expect((await api.request('/api/Authentication', { token: foreign.token })).status).toBe(200);
    });

    test('for a member, about everybody else’s, whether or not it exists', async () => {
      const api = current();
      const { organization, token, session } = await api.administrator();
      const member = await api.signIn(await api.createUser(organization));
      const problems = [
        await problemOf(await terminate(api, session.requestId, member.token)),
        await problemOf(await terminate(api, nowhere, member.token)),
      ];
      expect(problems.map(({ traceId, ...problem }) => problem)).toEqual(
        Array(2).fill(expect.objectContaining({ code: 'forbidden' })),
      );
      expect(new Set(problems.map(({ detail }) => detail)).size).toBe(1);
      expect((await api.request('/api/Authentication', { token })).status).toBe(200);
      expect((await terminations(api, token)).map(({ reason }) => reason)).toEqual(['forbidden', 'forbidden']);
    });

    test('for one that has ended, or run out at this very instant', async () => {
      const api = current();
      const { organization, user } = await api.administrator();
      const member = await api.createUser(organization);
      const [ended, idle] = [await api.signIn(member), await api.signIn(member)];
      await api.request('/api/Authentication', { method: 'DELETE', token: ended.token });
      api.pass(timeouts.idleSeconds);
      const { token } = await api.signIn(user);
      for (const { session } of [ended, idle]) {
        expect((await problemOf(await terminate(api, session.requestId, token))).code).toBe('not-active');
      }
      const outcomes = (await terminations(api, token)).map(({ outcome, reason }) => ({ outcome, reason }));
      expect(outcomes).toEqual(Array(2).fill({ outcome: 'refused', reason: 'not-active' }));
    });
  });

  test('of terminations at the same moment exactly one succeeds', async () => {
    const api = current();
    const { organization, token } = await api.administrator();
    const member = await api.signIn(await api.createUser(organization));
    const statuses = await Promise.all(
      Array.from({ length: 8 }, async () => (await terminate(api, member.session.requestId, token)).status),
    );
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    expect(statuses.filter((status) => status === 409)).toHaveLength(7);
    const outcomes = (await terminations(api, token)).map(({ outcome }) => outcome);
    expect(outcomes.filter((outcome) => outcome === 'success')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'refused')).toHaveLength(7);
  });

  test('a termination and a sign-out at the same moment end the session once', async () => {
    const api = current();
    const { organization, token } = await api.administrator();
    const member = await api.signIn(await api.createUser(organization));
    const [terminated, signedOut] = await Promise.all([
      terminate(api, member.session.requestId, token),
      api.request('/api/Authentication', { method: 'DELETE', token: member.token }),
    ]);
    expect([200, 409]).toContain(terminated.status);
    expect([204, 401]).toContain(signedOut.status);
    const answer = await api.request(`/api/UserRequest/${member.session.requestId}`, { token });
    const { session } = await bodyOf(answer, SessionAnswer);
    expect(session.endReason).toBe(terminated.status === 200 ? 'terminated' : 'signed-out');
  });
});
