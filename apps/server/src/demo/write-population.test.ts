import { randomBytes } from 'node:crypto';
import { fold } from '@rollcall/core/fold';
import { searchableText } from '@rollcall/core/search';
import { expect, test } from 'vitest';
import { onEachEngine, type TestApi } from '../../test/api.ts';
import { demoSessions, type Population } from './population.ts';
import { writePopulation } from './write-population.ts';

const population: Population = {
  organization: 'default',
  seed: '1',
  now: '2026-11-23T12:00:00.000Z',
  timeouts: { idleSeconds: 86_400, absoluteSeconds: 2_592_000 },
};

onEachEngine((current) => {
  test('writes what was made up, found by what it says', async () => {
    const { database, organizationId } = await destination(current());
    const written = await writePopulation(population, 300, { database, organizationId, random: randomBytes });
    expect(written.sessions).toBe(300);
    const { sessions, users } = await readAll(current(), organizationId);
    expect(users).toHaveLength(written.users);
    const byId = new Map(sessions.map((session) => [session.request_id, session]));
    for (const { requestId, user, ipAddress, createdAt, lastActivity, ...made } of demoSessions(population, 300)) {
      const session = byId.get(requestId);
      expect(session).toMatchObject({
        user_email: user.email,
        ip_address: ipAddress,
        created_at: createdAt,
        last_activity: lastActivity,
        ended_at: made.endedAt ?? null,
        end_reason: made.endReason ?? null,
        ended_by: made.endedBy?.email ?? null,
        search_text: searchableText({ userEmail: user.email, ipAddress, sessionName: session?.session_name ?? '' }),
      });
    }
    expect(sessions.map(({ session_name }) => session_name)).toContain('Chrome on Windows');
  });

  test('adds nothing the second time, and only what is missing when there are to be more', async () => {
    const { database, organizationId } = await destination(current());
    const to = { database, organizationId, random: randomBytes };
    await writePopulation(population, 200, to);
    expect(await writePopulation(population, 200, to)).toEqual({ sessions: 0, users: 0 });
    const later = { ...population, now: '2026-11-24T12:00:00.000Z' };
    expect((await writePopulation(later, 250, to)).sessions).toBe(50);
    expect((await readAll(current(), organizationId)).sessions).toHaveLength(250);
  });

  test('another seed brings other sessions of the same people', async () => {
    const { database, organizationId } = await destination(current());
    const to = { database, organizationId, random: randomBytes };
    const first = await writePopulation(population, 2500, to);
    const second = await writePopulation({ ...population, seed: '2' }, 2500, to);
    expect(second.sessions).toBe(2500);
    expect(second.users).toBeLessThan(first.users / 10);
  });

  test('takes somebody who is there already for who they are', async () => {
    const api = current();
    const { database, organization, organizationId } = await destination(api);
    const [made] = demoSessions(population, 1);
    const email = made?.user.email.toUpperCase() ?? '';
    const there = await api.createUser(organization, { email });
    await writePopulation(population, 100, { database, organizationId, random: randomBytes });
    const { sessions, users } = await readAll(api, organizationId);
    expect(users.filter(({ email_folded }) => email_folded === fold(email))).toMatchObject([{ email }]);
    expect(sessions.find(({ request_id }) => request_id === made?.requestId)?.user_id).toBe(there.userId);
  });

  test('gives every session a salt that the seed does not know', async () => {
    const salts = new Set<string>();
    for (const _ of [1, 2]) {
      const { database, organizationId } = await destination(current());
      await writePopulation(population, 50, { database, organizationId, random: randomBytes });
      const { sessions } = await readAll(current(), organizationId);
      for (const { token_salt } of sessions) salts.add(token_salt.toString('hex'));
    }
    expect(salts.size).toBe(100);
    expect(new Set([...salts].map(({ length }) => length))).toEqual(new Set([64]));
  });
});

async function destination(api: TestApi) {
  const organization = await api.createOrganization();
  return { organization, organizationId: organization.organizationId, database: api.database };
}

function readAll({ database }: TestApi, organizationId: string) {
  return database.inOrganization(organizationId, async (tx) => ({
    users: await tx.selectFrom('users').selectAll().execute(),
    sessions: await tx.selectFrom('sessions').selectAll().execute(),
  }));
}
