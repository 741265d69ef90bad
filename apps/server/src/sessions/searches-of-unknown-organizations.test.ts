import { randomUUID } from 'node:crypto';
import { permissionsOf } from '@rollcall/core/permission';
import { SessionListRequest } from '@rollcall/core/schema/session-list';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { timeouts } from '../../test/api.ts';
import { ENGINES } from '../../test/engines.ts';
import { runOn } from '../../test/postgresql-cluster.ts';
import { seedSession } from '../../test/seed.ts';
import { sessionsRead } from '../../test/sessions-read.ts';
import { openTestDatabase, type TestDatabase } from '../../test/test-database.ts';
import { readSessionPage } from './read-session-page.ts';

const sessions = 3000;
const far = { page: 35, pageSize: 50 };
const searches = [
  { search: 'concurrent:>3' },
  { sort: '-sessionName', ...far },
  { sort: 'isActive', ...far },
  { search: '-zzzz -ended:terminated', sort: '-createdAt', ...far },
  { search: 'user:example -ended:terminated', sort: 'userEmail', ...far },
  { search: 'user:example -ended:terminated', sort: '-sessionName', page: 61, pageSize: 50 },
  { search: '-ended:terminated', sort: 'userAgent', ...far },
];

// PGlite plans the same way, but nobody can tell it when to look at its tables.
describe.runIf(ENGINES.includes('postgresql'))('an organization that the statistics know nothing of', () => {
  let opened: TestDatabase;
  beforeAll(async () => {
    opened = await openTestDatabase('postgresql');
  });
  afterAll(() => opened.destroy());

  test('is gone through a few times at most, however its sessions are asked for', async () => {
    if (!('url' in opened.options)) throw new Error('PostgreSQL has an address');
    const { database } = opened;
    for (let organization = 0; organization < 50; organization += 1) await seedSession(database);
    await runOn(opened.options.url, 'analyze');
    const { organization_id, session } = await seedSession(database);
    const rows = Array.from({ length: sessions }, () => ({ ...session, request_id: randomUUID() }));
    for (let first = 0; first < sessions; first += 1000) {
      const some = rows.slice(first, first + 1000);
      await database.inOrganization(organization_id, (tx) => tx.insertInto('sessions').values(some).execute());
    }
    const { user_id: userId, request_id: requestId, created_at: now } = session;
    const permissions = permissionsOf({ role: 'administrator', permissions: [] });
    const reader = { actor: { organizationId: organization_id, requestId, userId, permissions }, now, timeouts };

    for (const asked of searches) {
      const { total, read } = await database.inOrganization(organization_id, async (tx) => {
        const before = await sessionsRead(tx);
        const page = await readSessionPage(tx, reader, SessionListRequest.parse(asked));
        return { total: page.total, read: (await sessionsRead(tx)) - before };
      });
      expect(total, JSON.stringify(asked)).toBe(sessions + 1);
      expect(read, JSON.stringify(asked)).toBeLessThan(6 * sessions);
    }
  }, 120_000);
});
