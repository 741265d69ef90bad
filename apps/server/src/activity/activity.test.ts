import { Authentication } from '@rollcall/core/schema/authentication';
import { describe, expect, test } from 'vitest';
import { bodyOf, onEachEngine, TestApi, timeouts } from '../../test/api.ts';
import { ENGINES } from '../../test/engines.ts';
import { openTestDatabase } from '../../test/test-database.ts';
import type { Database, Work } from '../database/database.ts';

async function storedSession(api: TestApi, organizationId: string, requestId: string) {
  const row = await api.database.readSessionByKey(organizationId, requestId);
  if (!row) throw new Error(`there is no session ${requestId}`);
  const { last_activity, last_ip_address, last_user_agent, ip_address } = row;
  return { last_activity, last_ip_address, last_user_agent, ip_address };
}

onEachEngine((current) => {
  test('a request counts as activity of its session, with its address and user agent, written later', async () => {
    const api = current();
    const { token, session, organization } = await api.administrator();
    const stored = () => storedSession(api, organization.organizationId, session.requestId);
    api.pass(60);
    const client = { peerAddress: '2001:db8::7', userAgent: 'other/2.0' };
    await api.request('/api/Authentication', { token, client });
    expect(await stored()).toMatchObject({ last_activity: session.createdAt, last_ip_address: '192.0.2.7' });
    await api.activity.flushAll();
    expect(await stored()).toEqual({
      last_activity: api.now,
      last_ip_address: '2001:db8::7',
      last_user_agent: 'other/2.0',
      ip_address: '192.0.2.7',
    });
  });

  test('a refused request of a signed-in caller counts too, one with a bad token does not', async () => {
    const api = current();
    const { token, session, organization } = await api.administrator();
    api.pass(60);
    const refused = await api.request('/api/UserRequests?page=0', { token });
    expect(refused.status).toBe(400);
    await api.activity.flushAll();
    const after = api.now;
    api.pass(60);
    const forged = await api.request('/api/Authentication', { token: `${token.slice(0, -43)}${'A'.repeat(43)}` });
    expect(forged.status).toBe(401);
    await api.activity.flushAll();
    const stored = await storedSession(api, organization.organizationId, session.requestId);
    expect(stored.last_activity).toBe(after);
  });

  test('it never goes back, as when another node has written something newer', async () => {
    const api = current();
    const { session, organization } = await api.administrator();
    const { organizationId } = organization;
    const { requestId } = session;
    const record = (at: string, userAgent: string) =>
      api.activity.record(organizationId, { requestId, at, userAgent, ipAddress: '192.0.2.8' });
    record('2026-11-23T10:00:00.000Z', 'new/1.0');
    await api.activity.flush(organizationId);
    record('2026-11-23T09:59:59.999Z', 'old/1.0');
    await api.activity.flush(organizationId);
    const stored = await storedSession(api, organizationId, requestId);
    expect(stored).toMatchObject({ last_activity: '2026-11-23T10:00:00.000Z', last_user_agent: 'new/1.0' });
  });

  test('a session that has ended stays as it ended', async () => {
    const api = current();
    const { token, session, organization } = await api.administrator();
    await api.request('/api/Authentication', { method: 'DELETE', token });
    const at = '2026-11-23T23:00:00.000Z';
    const late = { requestId: session.requestId, at, userAgent: '', ipAddress: '192.0.2.8' };
    api.activity.record(organization.organizationId, late);
    await api.activity.flushAll();
    const stored = await storedSession(api, organization.organizationId, session.requestId);
    expect(stored.last_activity).not.toBe(at);
  });

  test('it keeps a session alive before it is written', async () => {
    const api = current();
    const { token } = await api.administrator();
    const statuses: number[] = [];
    for (let step = 0; step < 3; step += 1) {
      api.pass(timeouts.idleSeconds - 1);
      statuses.push((await api.request('/api/Authentication', { token })).status);
    }
    api.pass(timeouts.idleSeconds);
    statuses.push((await api.request('/api/Authentication', { token })).status);
    expect(statuses).toEqual([200, 200, 200, 401]);
  });

  test('who asks who they are sees this very request as their activity', async () => {
    const api = current();
    const { token } = await api.administrator();
    api.pass(90);
    const answer = await api.request('/api/Authentication', { token, client: { userAgent: 'other/2.0' } });
    const { session } = await bodyOf(answer, Authentication);
    expect(session).toMatchObject({ lastActivity: api.now, lastUserAgent: 'other/2.0', userAgent: 'test/1.0' });
  });

  describe('whoever looks sees what was done just before', () => {
    const paths = { session: '/api/UserRequest/', list: '/api/UserRequests', statistics: '/api/UserRequestStatistics' };

    test.each(['session', 'list', 'statistics'] as const)('at the %s', async (what) => {
      const api = current();
      const { token, organization } = await api.administrator();
      const member = await api.signIn(await api.createUser(organization));
      api.pass(90);
      await api.request('/api/Authentication', { token: member.token });
      const path = what === 'session' ? `${paths.session}${member.session.requestId}` : paths[what];
      const text = await (await api.request(path, { token })).text();
      // Both sessions are 90 s old, the member's and the one that asks.
      const seen = what === 'statistics' ? '"averageDurationMinutes":1.5' : `"lastActivity":"${api.now}"`;
      expect(text.split(seen)).toHaveLength(what === 'list' ? 3 : 2);
    });
  });
});

describe.each(ENGINES)('%s', (engine) => {
  test('those who read at once share one write, and each sees it', async () => {
    const opened = await openTestDatabase(engine);
    const { database } = opened;
    const writes: string[] = [];
    const counting: Database = {
      ...database,
      inOrganization(organizationId, work, how) {
        if (how === 'writing-behind') writes.push('alone');
        return database.inOrganization(organizationId, work, how);
      },
      readBehind(organizationId, write, read) {
        writes.push('with a read');
        return database.readBehind(organizationId, write, read);
      },
    };
    const api = new TestApi(counting);
    const { session, organization } = await api.administrator();
    const { organizationId } = organization;
    await api.activity.flushAll();
    writes.length = 0;
    const at = '2026-11-23T10:00:00.000Z';
    api.activity.record(organizationId, { requestId: session.requestId, at, userAgent: 'x', ipAddress: '192.0.2.8' });
    const read: Work<unknown> = (tx) => tx.selectFrom('sessions').select('last_activity').execute();
    const answers = await Promise.all([1, 2, 3].map(() => api.activity.readAfter(organizationId, read)));
    expect(answers).toEqual(Array(3).fill([{ last_activity: at }]));
    expect(writes).toEqual(['with a read']);
    expect(await api.activity.readAfter(organizationId, read)).toEqual([{ last_activity: at }]);
    expect(writes).toEqual(['with a read']);
    await opened.destroy();
  });

  test('nothing is read where activity cannot be written, which is kept', async () => {
    const opened = await openTestDatabase(engine);
    const api = new TestApi(opened.database);
    const { session, organization } = await api.administrator();
    const { organizationId } = organization;
    const { requestId } = session;
    const at = '2026-11-23T10:00:00.000Z';
    api.activity.record(organizationId, { requestId, at, userAgent: 'x', ipAddress: 'no address' });
    const read: Work<unknown> = (tx) => tx.selectFrom('sessions').select('last_activity').execute();
    await expect(api.activity.readAfter(organizationId, read)).rejects.toThrow(/inet/);
    expect(api.activity.pending(organizationId, requestId)?.at).toBe(at);
    await opened.destroy();
  });

  test('a database that fails costs no activity: it is kept, newest only, and logged', async () => {
    const opened = await openTestDatabase(engine);
    const broken = { ...opened.database };
    const api = new TestApi(broken);
    const { token, session, organization } = await api.administrator();
    const { organizationId } = organization;

    broken.inOrganization = () => Promise.reject(new Error('disk full'));
    api.pass(1);
    await api.request('/api/Authentication', { token });
    await api.activity.flushAll();
    await expect(api.activity.flush(organizationId)).rejects.toThrow('disk full');
    expect(api.activity.pending(organizationId, session.requestId)?.at).toBe(api.now);
    expect(api.logged.join()).toContain('activity could not be written and is kept');

    broken.inOrganization = opened.database.inOrganization;
    await api.activity.flushAll();
    expect(api.activity.pending(organizationId, session.requestId)).toBeUndefined();
    expect(await storedSession(api, organizationId, session.requestId)).toMatchObject({ last_activity: api.now });
    await opened.destroy();
  });
});
