import { type Instant, toInstant, toMilliseconds } from '@rollcall/core/instant';
import { AuditEventList } from '@rollcall/core/schema/audit';
import { SessionList } from '@rollcall/core/schema/session-list';
import { expect, test } from 'vitest';
import { bodyOf, onEachEngine, type TestApi } from '../../test/api.ts';
import { copySession } from '../../test/seed.ts';
import { removeOld } from './remove-old.ts';

function daysAfter(now: Instant, days: number): Instant {
  return toInstant(toMilliseconds(now) + days * 86_400_000);
}

function remove(api: TestApi, now: Instant): Promise<number> {
  return removeOld({ database: api.database, clock: () => now, retentionDays: 90 });
}

/** An organization whose member has one session that ended now, and an administrator who looks at them. */
async function withEndedSession(api: TestApi) {
  const { organization, token } = await api.administrator();
  const member = await api.signIn(await api.createUser(organization));
  const path = `/api/UserRequest/${member.session.requestId}`;
  expect((await api.request(path, { method: 'DELETE', token })).status).toBe(200);
  const requestIds = async () => {
    const { sessions } = await bodyOf(await api.request('/api/UserRequests', { token }), SessionList);
    return sessions.map(({ requestId }) => requestId);
  };
  return { organization, token, ended: member.session.requestId, requestIds };
}

onEachEngine((current) => {
  test('removes what ended more than ninety days ago, and nothing else', async () => {
    const api = current();
    const { token, ended, requestIds } = await withEndedSession(api);
    await remove(api, daysAfter(api.now, 90));
    expect(await requestIds()).toContain(ended);
    await remove(api, toInstant(toMilliseconds(daysAfter(api.now, 90)) + 1));
    expect(await requestIds()).not.toContain(ended);
    expect(await requestIds()).toHaveLength(1);
    const { events } = await bodyOf(await api.request('/api/AuditEvents', { token }), AuditEventList);
    expect(events.map(({ subjectRequestId }) => subjectRequestId)).toContain(ended);
  });

  test('keeps what an organization wants kept for longer, and removes sooner what it does not', async () => {
    const api = current();
    const [longer, sooner] = [await withEndedSession(api), await withEndedSession(api)];
    const choose = (token: string, retentionDays: number) =>
      api.request('/api/Organization', {
        method: 'PATCH',
        token,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ retentionDays }),
      });
    await choose(longer.token, 400);
    await choose(sooner.token, 7);
    await remove(api, daysAfter(api.now, 8));
    expect([await longer.requestIds(), await sooner.requestIds()].map((ids) => ids.length)).toEqual([2, 1]);
    await remove(api, daysAfter(api.now, 399));
    expect(await longer.requestIds()).toHaveLength(2);
  });

  test('removes a thousand at a time, however many there are', async () => {
    const api = current();
    const { ended } = await withEndedSession(api);
    await api.database.asMaintenance('retention', (tx) =>
      copySession(tx, { request_id: ended, count: 1500, numbered: 'session_name' }),
    );
    const later = daysAfter(api.now, 91);
    expect(await remove(api, later)).toBe(1000);
    expect(await remove(api, later)).toBeGreaterThanOrEqual(501);
    expect(await remove(api, later)).toBe(0);
  });
});
