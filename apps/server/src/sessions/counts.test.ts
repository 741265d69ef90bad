/** What is kept of sessions stays true, whoever changes them at the same time. */
import { randomUUID } from 'node:crypto';
import { type Instant, toInstant, toMilliseconds } from '@rollcall/core/instant';
import { permissionsOf } from '@rollcall/core/permission';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { onEachEngine, type TestApi, timeouts } from '../../test/api.ts';
import { countsAreExact, daysAreExact, textsAreFound } from '../doctor/counts.ts';
import { readStatistics } from './read-statistics.ts';

const now: Instant = '2026-11-23T09:42:19.000Z';
const minutesAgo = (minutes: number) => toInstant(toMilliseconds(now) - minutes * 60_000);

async function populated(api: TestApi) {
  const organization = await api.createOrganization();
  const { organizationId } = organization;
  const users = [await api.createUser(organization), await api.createUser(organization)];
  const begin = (user: number, minutes = 10) => {
    const { userId = '', email = '' } = users[user] ?? {};
    const [requestId, at] = [randomUUID(), minutesAgo(minutes)];
    return api.database.inOrganization(organizationId, async (tx) => {
      await sql`insert into sessions (organization_id, request_id, user_id, user_email, session_name, ip_address,
          user_agent, last_ip_address, last_user_agent, client_type, auth_method, account_type, created_at,
          last_activity, search_text, token_salt, token_confirmed_at)
        values (${organizationId}, ${requestId}, ${userId}, ${email}, '', '192.0.2.7', '', '192.0.2.7', '', 'api',
          'password', 'person', ${at}, ${at}, '', '', ${at})`.execute(tx);
      return requestId;
    });
  };
  const change = (set: ReturnType<typeof sql>, requestId: string) =>
    api.database.asMaintenance('retention', (tx) =>
      sql`update sessions set ${set} where request_id = ${requestId}`.execute(tx),
    );
  const remove = (...requestIds: string[]) =>
    api.database.asMaintenance('retention', (tx) =>
      sql`delete from sessions where request_id = any(${requestIds}::uuid[])`.execute(tx),
    );
  const addUp = () => api.database.asMaintenance('expiry', (tx) => sql`select add_up_session_counts()`.execute(tx));
  const figures = () =>
    api.database.inOrganization(organizationId, (tx) => {
      const permissions = permissionsOf({ role: 'administrator', permissions: [] });
      const actor = { organizationId, requestId: randomUUID(), userId: randomUUID(), permissions };
      return readStatistics(tx, { actor, now, timeouts });
    });
  return { begin, change, remove, addUp, figures };
}

onEachEngine((current) => {
  const differences = async () => {
    const examined = { database: current().database, clock: () => now };
    const examinations = [countsAreExact, daysAreExact, textsAreFound];
    return (await Promise.all(examinations.map((one) => one.examine(examined)))).flat();
  };

  test('every change is in the figures at once, added up or not', async () => {
    const { begin, change, remove, addUp, figures } = await populated(current());
    expect(await figures()).toMatchObject({ totalSessions: 0, activeSessions: 0, uniqueUsers: 0 });
    const [a, b] = [await begin(0), await begin(0)];
    const c = await begin(1);
    await change(sql`last_activity = ${now}`, a);
    expect(await figures()).toEqual({
      totalSessions: 3,
      activeSessions: 3,
      uniqueUsers: 2,
      averageDurationMinutes: 10 / 3,
    });
    await addUp();
    await change(sql`ended_at = ${now}, end_reason = 'terminated'`, b);
    expect(await figures()).toMatchObject({ totalSessions: 3, activeSessions: 2, uniqueUsers: 2 });
    await remove(c);
    await addUp();
    expect(await figures()).toMatchObject({ totalSessions: 2, activeSessions: 1, uniqueUsers: 1 });
    await remove(a, b);
    expect(await figures()).toEqual({
      totalSessions: 0,
      activeSessions: 0,
      uniqueUsers: 0,
      averageDurationMinutes: 0,
    });
    expect(await differences()).toEqual([]);
  });

  test('what has run out is not active, marked or not', async () => {
    const { begin, figures } = await populated(current());
    await begin(0, timeouts.idleSeconds / 60);
    await begin(0, timeouts.idleSeconds / 60 - 1);
    expect(await figures()).toMatchObject({ totalSessions: 2, activeSessions: 1 });
  });

  test('the doctor finds a figure that is wrong', async () => {
    const { begin } = await populated(current());
    await begin(0);
    const spoil = (by: number) =>
      current().database.asMaintenance('doctor', (tx) =>
        sql`update session_count_changes set sessions = sessions + ${by}
          where change_id = (select max(change_id) from session_count_changes where sessions <> 0)`.execute(tx),
      );
    await spoil(1);
    expect(await differences()).toEqual([
      expect.stringMatching(/are \{1,1,1,0\}, kept as \{2,1,1,0\}$/),
      expect.stringMatching(/on 2026-11-23, 1 sessions began, kept as 2$/),
    ]);
    await spoil(-1);
  });

  test('many who begin, end, remove and add up at the same time leave no difference', async () => {
    const { begin, change, remove, addUp } = await populated(current());
    const lives = Array.from({ length: 60 }, async (_, index) => {
      const requestId = await begin(index % 2);
      if (index % 5 === 0) await addUp();
      await change(sql`last_activity = last_activity + ${index} * interval '1 minute'`, requestId);
      if (index % 3 === 0) await change(sql`ended_at = ${now}, end_reason = 'signed-out'`, requestId);
      if (index % 4 < 3) await remove(requestId);
    });
    await Promise.all(lives);
    expect(await differences()).toEqual([]);
  });
});
