import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { onEachEngine, problemOf, TestApi } from '../../test/api.ts';

const path = '/api/Authentication';

/** An API that counts how often a token check asked the database. */
function counting(api: TestApi): { api: TestApi; reads: () => number } {
  let reads = 0;
  const { database } = api;
  const counted = {
    ...database,
    readSessionByKey(...key: Parameters<typeof database.readSessionByKey>) {
      reads += 1;
      return database.readSessionByKey(...key);
    },
  };
  return { api: new TestApi(counted, { clock: () => api.now }), reads: () => reads };
}

onEachEngine((current) => {
  test.each<[string, (token: string) => string]>([
    ['cut short', (token) => token.slice(0, -1)],
    ['cut to nothing', () => 'rct_'],
    ['too long', (token) => `${token}A`],
    ['far too long', (token) => token.repeat(50)],
    ['numbered 0', (token) => token.replace('.1.', '.0.')],
    ['numbered -1', (token) => token.replace('.1.', '.-1.')],
    ['numbered 2^53', (token) => token.replace('.1.', '.9007199254740992.')],
    ['numbered 01', (token) => token.replace('.1.', '.01.')],
    ['numbered 1e3', (token) => token.replace('.1.', '.1e3.')],
    ['numbered in other digits', (token) => token.replace('.1.', '.١.')],
    ['with a character that base64url does not have', (token) => `${token.slice(0, -1)}+`],
    ['with bits that no mac has', (token) => `${token.slice(0, -1)}B`],
  ])('a token that is %s is malformed, and no database is asked', async (_, change) => {
    const { api, reads } = counting(current());
    const { token } = await api.administrator();
    const answer = await api.request(path, { headers: { authorization: `Bearer ${encodeURI(change(token))}` } });
    expect((await problemOf(answer)).code).toBe('unauthenticated');
    expect(reads()).toBe(0);
  });

  test('a forged token of a remembered session is refused without the database', async () => {
    const { api, reads } = counting(current());
    const { token } = await api.administrator();
    expect((await api.request(path, { token })).status).toBe(200);
    const asked = reads();
    for (let attempt = 0; attempt < 100; attempt += 1) {
      const forged = `${token.slice(0, -43)}${randomBytes(32).toString('base64url')}`;
      expect((await api.request(path, { token: forged })).status).toBe(401);
    }
    expect(reads()).toBe(asked);
  });

  test('100,000 random tokens are refused, and whoever has a good one is served beside them', async () => {
    const { api, reads } = counting(current());
    const { token, organization } = await api.administrator();
    const { organizationId } = organization;
    const forgers = [
      () => randomBytes(randomInt(200)).toString('base64url'),
      () => `rct_${organizationId}.${randomUUID()}.${randomInt(99)}.${randomBytes(20).toString('base64url')}`,
      () => `rct_${randomBytes(80).toString('hex')}`,
    ];
    for (let round = 0; round < 100; round += 1) {
      const answers = Array.from({ length: 1000 }, (_, index) => {
        const forge = forgers[index % forgers.length] ?? forgers[0];
        return api.request(path, { token: forge?.() ?? '' });
      });
      answers.push(api.request(path, { token }));
      const statuses = (await Promise.all(answers)).map(({ status }) => status);
      expect(statuses.filter((status) => status !== 401)).toEqual([200]);
    }
    expect(reads()).toBe(1);
  }, 300_000);

  test('well-formed tokens of sessions that are none cost a read each, and nothing else', async () => {
    const { api, reads } = counting(current());
    const { token, organization } = await api.administrator();
    for (let attempt = 0; attempt < 200; attempt += 1) {
      const mac = randomBytes(32).toString('base64url');
      const answer = await api.request(path, { token: `rct_${organization.organizationId}.${randomUUID()}.1.${mac}` });
      expect(answer.status).toBe(401);
    }
    expect(reads()).toBe(200);
    expect((await api.request(path, { token })).status).toBe(200);
  });

  test('tokens are neither in the log nor in the database, nor in any answer but their own', async () => {
    const api = new TestApi(current().database, { clock: () => new Date().toISOString() });
    const { token, user, session } = await api.administrator();
    await api.database.asMaintenance('doctor', (tx) =>
      sql`update sessions set token_confirmed_at = token_confirmed_at - interval '303 s'`.execute(tx),
    );
    const next = (await api.request(path, { token })).headers.get('rollcall-next-token') ?? '';
    const other = await api.signIn(user);
    const answers = [
      await api.request(path, { token: next }),
      await api.request(path, { token }),
      await api.request(path, { token: `${next}A` }),
      await api.request(`/api/UserRequests?search=${next}`, { token: next }),
      await api.request(`/api/UserRequest/${session.requestId}`, { token: next }),
      await api.request(`/api/UserRequest/${session.requestId}/Rotations`, { token: next }),
      await api.request(`/api/UserRequest/${other.session.requestId}`, { token: next, method: 'DELETE' }),
      await api.request('/api/AuditEvents', { token: next }),
      await api.request(`/api/${next}`, { token: next }),
    ];
    const bodies = await Promise.all(answers.map((answer) => answer.text()));
    const tables = ['sessions', 'audit_events', 'token_verdicts', 'session_changes', 'users'] as const;
    const stored = await api.database.asMaintenance('doctor', async (tx) => {
      const rows = [];
      for (const table of tables) rows.push(await tx.selectFrom(table).selectAll().execute());
      return JSON.stringify(rows);
    });
    for (const mac of [token, next, other.token].map((held) => held.slice(-43))) {
      expect(stored).not.toContain(mac);
      expect(bodies.slice(0, -1).join('\n')).not.toContain(mac);
      expect(api.logged.join('\n')).not.toContain(mac);
    }
  });
});
