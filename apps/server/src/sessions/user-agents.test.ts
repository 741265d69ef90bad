import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ENGINES } from '../../test/engines.ts';
import { runOn } from '../../test/postgresql-cluster.ts';
import { seedSession } from '../../test/seed.ts';
import { sessionsRead } from '../../test/sessions-read.ts';
import { openTestDatabase, type TestDatabase } from '../../test/test-database.ts';
import type { Database } from '../database/database.ts';
import { userAgentsOf } from './user-agents.ts';

const agents = 40;
const sessions = 12_000;

// PGlite plans the same way, but nobody can tell it when to look at its tables.
describe.runIf(ENGINES.includes('postgresql'))(
  'user agents of an organization that the statistics know nothing of',
  () => {
    let opened: TestDatabase;
    beforeAll(async () => {
      opened = await openTestDatabase('postgresql');
    });
    afterAll(() => opened.destroy());

    test('are found without reading its sessions', async () => {
      if (!('url' in opened.options)) throw new Error('PostgreSQL has an address');
      for (let organization = 0; organization < 50; organization += 1) await seedSession(opened.database);
      await runOn(opened.options.url, 'analyze');
      const organizationId = await organizationOf(opened.database);

      const { found, read } = await opened.database.inOrganization(organizationId, async (tx) => {
        const before = await sessionsRead(tx);
        const found = await userAgentsOf(tx, organizationId);
        return { found, read: (await sessionsRead(tx)) - before };
      });

      expect(found).toHaveLength(agents + 1);
      expect(read).toBeLessThan(3 * agents);
    });
  },
);

/** With so many sessions, with so many user agents between them and one of its own. */
async function organizationOf(database: Database): Promise<string> {
  const { organization_id, session } = await seedSession(database);
  const rows = Array.from({ length: sessions }, (_, at) => ({
    ...session,
    request_id: randomUUID(),
    user_agent: `agent ${at % agents}`,
  }));
  for (let first = 0; first < sessions; first += 1000) {
    const some = rows.slice(first, first + 1000);
    await database.inOrganization(organization_id, (tx) => tx.insertInto('sessions').values(some).execute());
  }
  return organization_id;
}
