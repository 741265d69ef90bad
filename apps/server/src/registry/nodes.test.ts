/** Several nodes on one PostgreSQL: what one of them changes, all of them forget before the caller goes on. */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ENGINES } from '../../test/engines.ts';
import { type OneSession, seedSession } from '../../test/seed.ts';
import { openTestDatabase, type TestDatabase } from '../../test/test-database.ts';
import type { Database } from '../database/database.ts';
import { openPostgresql } from '../database/postgresql/open-postgresql.ts';
import { type Node, openNode } from './open-node.ts';

const leaseMs = 600;

describe.runIf(ENGINES.includes('postgresql'))('nodes', () => {
  let opened: TestDatabase;
  let url: string;
  let seeded: OneSession;
  const running: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    opened = await openTestDatabase('postgresql');
    url = 'url' in opened.options ? opened.options.url : '';
    seeded = await seedSession(opened.database);
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map((close) => close()));
  });
  afterAll(() => opened.destroy());

  async function start(): Promise<Node & { database: Database; warnings: unknown[] }> {
    const database = await openPostgresql({ url, poolSize: 2 });
    const warnings: unknown[] = [];
    const node = await openNode({
      database,
      url,
      clock: () => '2026-11-23T09:42:19.000Z',
      monotonic: () => performance.now(),
      newId: randomUUID,
      patienceMs: 30_000,
      capacity: 100,
      leaseMs,
      warn: (error) => void warnings.push(error),
    });
    running.push(async () => {
      await node.close();
      await database.close();
    });
    return { ...node, database, warnings };
  }

  const key = (): [string, string] => [seeded.organization_id, seeded.request_id];
  const rename = ({ announcements }: Node, to: string) =>
    announcements.change(seeded.organization_id, async (tx, changed) => {
      await tx
        .updateTable('sessions')
        .set({ last_user_agent: to })
        .where('request_id', '=', seeded.request_id)
        .execute();
      changed(seeded.request_id);
    });

  /** Ends the connections on which nodes listen, as a network would. */
  const cutOff = () =>
    opened.database.asMaintenance('doctor', async (tx) => {
      await sql`reset role`.execute(tx);
      await sql`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and application_name = 'rollcall lease'`.execute(tx);
    });

  /** While `work` runs, no lease is granted and nobody can read who holds one. */
  async function withoutGrants(work: () => Promise<void>): Promise<void> {
    await opened.database.asMaintenance('doctor', async (tx) => {
      await sql`lock table leases in exclusive mode`.execute(tx);
      await work();
    });
  }

  test('all of them have forgotten when a change is answered, and have said so', async () => {
    const nodes = [await start(), await start(), await start()];
    for (const [round, node] of [...nodes, ...nodes].entries()) {
      for (const { registry } of nodes) await registry.read(...key());
      const { confirmation } = await rename(node, `round ${round}`);
      expect(confirmation.nodes).toBe(3);
      expect(confirmation.milliseconds).toBeLessThan(leaseMs);
      for (const { registry } of nodes) {
        expect(registry.recall(...key())).toBeUndefined();
        expect((await registry.read(...key()))?.session.last_user_agent).toBe(`round ${round}`);
      }
    }
  });

  test('many changes at once are all confirmed by all', async () => {
    const [one, other] = [await start(), await start()];
    const all = await Promise.all(Array.from({ length: 20 }, () => [rename(one, 'x'), rename(other, 'y')]).flat());
    expect(all.map(({ confirmation }) => confirmation.nodes)).toEqual(Array(40).fill(2));
  });

  test('a change that is rolled back is none, and nobody waits for it', async () => {
    const [node, other] = [await start(), await start()];
    await other.registry.read(...key());
    const failing = node.announcements.change(seeded.organization_id, (_tx, changed) => {
      changed(seeded.request_id);
      return Promise.reject(new Error('not to be'));
    });
    await expect(failing).rejects.toThrow('not to be');
    expect(other.registry.recall(...key())).toBeDefined();
  });

  test('one that has left is not waited for', async () => {
    const [node, leaving] = [await start(), await start()];
    await leaving.close();
    expect((await rename(node, 'afterwards')).confirmation.nodes).toBe(1);
  });

  test('one that cannot hear relies on nothing it remembers, and catches up when it hears again', async () => {
    const [node, deaf] = [await start(), await start()];
    await deaf.registry.read(...key());
    expect(deaf.registry.recall(...key())).toBeDefined();
    await withoutGrants(async () => {
      await cutOff();
      await expect.poll(() => deaf.registry.recall(...key())).toBeUndefined();
      expect((await rename(node, 'unheard')).confirmation.nodes).toBe(1);
      expect(deaf.registry.recall(...key())).toBeUndefined();
    });
    await expect.poll(() => deaf.registry.read(...key()).then(() => deaf.registry.recall(...key()))).toBeDefined();
    expect(deaf.registry.recall(...key())?.session.last_user_agent).toBe('unheard');
    expect(deaf.warnings).not.toEqual([]);
  });

  test('where nobody can tell who holds a lease, all of them are waited for until they have run out', async () => {
    const [node, other] = [await start(), await start()];
    await other.registry.read(...key());
    await withoutGrants(async () => {
      const { confirmation } = await rename(node, 'while locked');
      expect(confirmation.milliseconds).toBeGreaterThanOrEqual(leaseMs - 1);
      expect(confirmation.milliseconds).toBeLessThan(2 * leaseMs);
      expect(other.registry.recall(...key())).toBeUndefined();
    });
    expect((await other.registry.read(...key()))?.session.last_user_agent).toBe('while locked');
  });
});
