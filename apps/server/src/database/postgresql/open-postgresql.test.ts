import { randomUUID } from 'node:crypto';
import { createServer } from 'node:net';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ENGINES } from '../../../test/engines.ts';
import { type Cluster, createCluster, runOn } from '../../../test/postgresql-cluster.ts';
import { type OneSession, seedSession } from '../../../test/seed.ts';
import type { Database } from '../database.ts';
import { DatabaseUnavailable } from '../unavailable.ts';
import { openPostgresql } from './open-postgresql.ts';

// A server of its own: one on which nobody has created the roles yet, and which can be stopped.
describe.runIf(ENGINES.includes('postgresql'))('a PostgreSQL server', () => {
  let cluster: Cluster;
  let database: Database;
  let seeded: OneSession;

  const made = new AsyncDisposableStack();
  beforeAll(async () => {
    cluster = await createCluster();
    made.defer(() => cluster.destroy());
  });
  afterAll(() => made.disposeAsync());

  it('is migrated by many nodes at once, in many databases that share its roles', async () => {
    const names = ['one', 'two', 'three', 'four', 'five'];
    for (const name of names) await runOn(cluster.url, `create database ${name}`);
    const urls = names.map((name) => new URL(`/${name}`, cluster.url).href);
    const nodes = await Promise.all([...urls, ...urls].map((url) => openPostgresql({ url })));
    await Promise.all(nodes.map((node) => node.ping()));
    await Promise.all(nodes.map((node) => node.close()));

    database = await openPostgresql({ url: cluster.url, connectTimeoutMs: 2000, statementTimeoutMs: 700 });
    made.defer(() => database.close());
    seeded = await seedSession(database);
    expect(await readByKey()).toMatchObject({ request_id: seeded.request_id });
  });

  const readByKey = () => database.readSessionByKey(seeded.organization_id, seeded.request_id);
  const readInTransaction = () =>
    database.inOrganization(seeded.organization_id, (tx) => tx.selectFrom('sessions').select('request_id').execute());

  async function everythingWorks(): Promise<void> {
    // enough to reach every connection that was open before
    const many = Array.from({ length: 20 }, () => [database.ping(), readByKey(), readInTransaction()]);
    await Promise.all(many.flat());
  }

  async function everythingIsUnavailable(): Promise<void> {
    const outcomes = await Promise.allSettled([database.ping(), readByKey(), readInTransaction()]);
    expect(outcomes).toEqual(Array(3).fill({ status: 'rejected', reason: expect.any(DatabaseUnavailable) }));
  }

  it('needs no superuser: one who owns the database and may create roles is enough', async () => {
    await runOn(cluster.url, 'create role operator login createrole');
    await runOn(cluster.url, 'create database operated owner operator');
    // roles that somebody else created have to be given
    await runOn(cluster.url, 'grant rollcall_service, rollcall_maintenance to operator with admin option');
    const url = cluster.url.replace('postgres@', 'operator@').replace(/postgres$/, 'operated');
    const operated = await openPostgresql({ url });
    const { organization_id, request_id } = await seedSession(operated);
    expect(await operated.readSessionByKey(organization_id, request_id)).toMatchObject({ request_id });
    const others = await operated.inOrganization(randomUUID(), (tx) => tx.selectFrom('users').selectAll().execute());
    expect(others).toEqual([]);
    await operated.close();
  });

  it('is unavailable while it is stopped, and used again once it is back', async () => {
    await everythingWorks();
    await cluster.stop();
    await everythingIsUnavailable();
    await everythingIsUnavailable();
    await cluster.start();
    await everythingWorks();
    expect(await readByKey()).toMatchObject({ request_id: seeded.request_id });
  });

  it('is used again after all connections were terminated, idle or not', async () => {
    await everythingWorks();
    const begun = Promise.withResolvers<void>();
    const terminated = Promise.withResolvers<void>();
    const cutOff = database.inOrganization(seeded.organization_id, async (tx) => {
      begun.resolve();
      await terminated.promise;
      await tx.selectFrom('users').selectAll().execute();
    });
    await begun.promise;
    await runOn(
      cluster.url,
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'rollcall'`,
    );
    terminated.resolve();
    await expect(cutOff).rejects.toThrow(DatabaseUnavailable);
    await expect.poll(everythingWorks, { timeout: 15_000 }).toBeUndefined();
  });

  it('is unavailable to a statement that takes too long, and not to the next', async () => {
    const slow = database.asMaintenance('doctor', (tx) => sql`select pg_sleep(60)`.execute(tx));
    await expect(slow).rejects.toThrow(DatabaseUnavailable);
    await everythingWorks();
  });

  it('ends a transaction that idles', async () => {
    const idle = database.inOrganization(seeded.organization_id, async (tx) => {
      await tx.selectFrom('users').selectAll().execute();
      await expect.poll(rollcallConnectionsInTransaction, { timeout: 15_000 }).toBe(0);
      await tx.selectFrom('users').selectAll().execute();
    });
    await expect(idle).rejects.toThrow(DatabaseUnavailable);
    await everythingWorks();
  });

  it('passes on what is no failure of the server', async () => {
    const wrong = database.inOrganization(seeded.organization_id, (tx) => sql`select 1 / 0`.execute(tx));
    await expect(wrong).rejects.toThrow('division by zero');
    await expect(wrong).rejects.not.toThrow(DatabaseUnavailable);
    const thrown = database.inOrganization(seeded.organization_id, () => Promise.reject(new RangeError('mine')));
    await expect(thrown).rejects.toThrow(RangeError);
  });

  it('has more connections than one, each with the role and the zone it needs', async () => {
    const states = await Promise.all(
      Array.from({ length: 5 }, () =>
        database.inOrganization(seeded.organization_id, async (tx) => {
          const { rows } =
            await sql`select current_user as role, current_setting('TimeZone') as zone, pg_sleep(0.02)`.execute(tx);
          return rows[0];
        }),
      ),
    );
    expect(states).toEqual(Array(5).fill({ role: 'rollcall_service', zone: 'UTC', pg_sleep: '' }));
  });

  it('cannot be opened where nobody listens, or where nobody answers', async () => {
    const nobody = cluster.url.replace(/:\d+\//, ':1/');
    await expect(openPostgresql({ url: nobody })).rejects.toThrow(DatabaseUnavailable);
    const silent = createServer().listen(0, '127.0.0.1');
    const address = silent.address();
    const port = address !== null && typeof address === 'object' ? address.port : 0;
    const url = `postgresql://postgres@127.0.0.1:${port}/postgres`;
    await expect(openPostgresql({ url, connectTimeoutMs: 100 })).rejects.toThrow(DatabaseUnavailable);
    silent.close();
  });

  async function rollcallConnectionsInTransaction(): Promise<number> {
    const watcher = await openPostgresql({ url: cluster.url, poolSize: 1 });
    try {
      return await watcher.asMaintenance('doctor', async (tx) => {
        await sql`reset role`.execute(tx);
        const { rows } = await sql<{ count: number }>`
          select count(*) as count from pg_stat_activity where state = 'idle in transaction'`.execute(tx);
        return rows[0]?.count ?? 0;
      });
    } finally {
      await watcher.close();
    }
  }
});
