import { permissionsOf } from '@rollcall/core/permission';
import { AuditEventList, AuditEventListQuery } from '@rollcall/core/schema/audit';
import { SessionAnswer, SessionStatistics } from '@rollcall/core/schema/session';
import { SessionList, SessionListRequest } from '@rollcall/core/schema/session-list';
import { expect, test } from 'vitest';
import { bodyOf, onEachEngine, problemOf, timeouts } from '../../test/api.ts';
import { readAuditPage } from '../audit/read-audit-page.ts';
import { readOrganization } from '../organizations/read-organization.ts';
import { readSessionPage } from './read-session-page.ts';
import { readStatistics } from './read-statistics.ts';

onEachEngine((current) => {
  test('an administrator sees every session of the organization, and none of another', async () => {
    const api = current();
    const { organization, token, session } = await api.administrator();
    const foreign = await api.administrator();
    const member = await api.signIn(await api.createUser(organization));
    const list = await bodyOf(await api.request('/api/UserRequests', { token }), SessionList);
    const ids = [session, member.session].map(({ requestId }) => requestId);
    expect(new Set(list.sessions.map(({ requestId }) => requestId))).toEqual(new Set(ids));
    expect(list.sessions.filter(({ isCurrent }) => isCurrent)).toMatchObject([{ requestId: session.requestId }]);
    expect(list.total).toBe(2);
    const search = await api.request(`/api/UserRequests?search=${foreign.user.email}`, { token });
    expect((await bodyOf(search, SessionList)).total).toBe(0);
    const statistics = await api.request('/api/UserRequestStatistics', { token });
    expect(await bodyOf(statistics, SessionStatistics)).toMatchObject({ totalSessions: 2, uniqueUsers: 2 });
    const one = await api.request(`/api/UserRequest/${foreign.session.requestId}`, { token });
    expect((await problemOf(one)).code).toBe('not-found');
    const events = await bodyOf(await api.request('/api/AuditEvents?pageSize=100', { token }), AuditEventList);
    expect(JSON.stringify(events)).not.toContain(foreign.user.email);
  });

  test('the same e-mail in two organizations is two users', async () => {
    const api = current();
    const email = 'both@example.com';
    const [here, there] = [await api.createOrganization(), await api.createOrganization()];
    const [one, other] = [await api.createUser(here, { email }), await api.createUser(there, { email })];
    const { session } = await api.signIn(one);
    expect(session.userId).toBe(one.userId);
    expect((await api.signIn(other)).session.userId).toBe(other.userId);
  });

  test('a member sees their own sessions only', async () => {
    const api = current();
    const { organization, session: foreign } = await api.administrator();
    const user = await api.createUser(organization);
    const [one, other] = [await api.signIn(user), await api.signIn(user)];
    const { token } = one;
    const list = await bodyOf(await api.request('/api/UserRequests?sort=createdAt', { token }), SessionList);
    const own = [one.session.requestId, other.session.requestId];
    expect(new Set(list.sessions.map(({ requestId }) => requestId))).toEqual(new Set(own));
    const statistics = await api.request('/api/UserRequestStatistics', { token });
    expect(await bodyOf(statistics, SessionStatistics)).toMatchObject({ totalSessions: 2, uniqueUsers: 1 });
    const theirs = await api.request(`/api/UserRequest/${foreign.requestId}`, { token });
    expect((await problemOf(theirs)).code).toBe('not-found');
    const mine = await api.request(`/api/UserRequest/${other.session.requestId}`, { token });
    expect((await bodyOf(mine, SessionAnswer)).session.isCurrent).toBe(false);
  });

  test('the queries name the organization themselves, also where row-level security would not hold them to it', async () => {
    const api = current();
    const { organization, user, session } = await api.administrator();
    await api.administrator();
    const { organizationId } = organization;
    const permissions = permissionsOf({ role: 'administrator', permissions: [] });
    const actor = { organizationId, userId: user.userId, requestId: session.requestId, permissions };
    const reader = { actor, now: api.now, timeouts };
    const seen = await api.database.asMaintenance('doctor', async (tx) => ({
      page: await readSessionPage(tx, reader, SessionListRequest.parse({})),
      statistics: await readStatistics(tx, reader),
      events: await readAuditPage(tx, organizationId, AuditEventListQuery.parse({ pageSize: '100' })),
      organization: await readOrganization(tx, organizationId),
    }));
    expect(seen.page).toMatchObject({ total: 1, rows: [{ request_id: session.requestId }] });
    expect(seen.statistics.totalSessions).toBe(1);
    expect(seen.events).toMatchObject({ total: 2, events: [{}, {}] });
    expect(seen.organization).toEqual(organization);
  });

  test('users:manage shows every session, audit:read the audit trail, and neither the other', async () => {
    const api = current();
    const organization = await api.createOrganization();
    const manager = await api.signIn(await api.createUser(organization, { permissions: ['users:manage'] }));
    const auditor = await api.signIn(await api.createUser(organization, { permissions: ['audit:read'] }));
    const totals = [];
    for (const { token } of [manager, auditor]) {
      totals.push((await bodyOf(await api.request('/api/UserRequests', { token }), SessionList)).total);
    }
    expect(totals).toEqual([2, 1]);
    const refused = await problemOf(await api.request('/api/AuditEvents', { token: manager.token }));
    expect(refused).toMatchObject({ code: 'forbidden', detail: expect.stringContaining('audit:read') });
    expect((await api.request('/api/AuditEvents', { token: auditor.token })).status).toBe(200);
  });

  test('pages of the audit trail are newest first, and do not overlap', async () => {
    const api = current();
    const { organization, token } = await api.administrator();
    for (let count = 0; count < 4; count += 1) {
      api.pass(1);
      await api.createUser(organization);
    }
    const page = async (number: number) => {
      const answer = await api.request(`/api/AuditEvents?pageSize=4&page=${number}`, { token });
      return await bodyOf(answer, AuditEventList);
    };
    const pages = [await page(1), await page(2), await page(3)];
    expect(pages.map(({ events }) => events.length)).toEqual([4, 2, 0]);
    expect(pages.map(({ total }) => total)).toEqual([6, 6, 6]);
    const events = pages.flatMap(({ events: some }) => some);
    expect(new Set(events.map(({ eventId }) => eventId)).size).toBe(6);
    const times = events.map(({ at }) => at);
    expect(times).toEqual(times.toSorted().reverse());
  });
});
