import { readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ENGINES } from '../../../test/engines.ts';
import { seedSession } from '../../../test/seed.ts';
import { copyDataDirectory } from '../../../test/test-database.ts';
import { DatabaseUnavailable } from '../unavailable.ts';
import { type EmbeddedDatabase, type EmbeddedOptions, openEmbedded } from './open-embedded.ts';

describe.runIf(ENGINES.includes('embedded'))('an embedded database', () => {
  let directory: string;
  let database: EmbeddedDatabase;

  beforeEach(() => {
    directory = copyDataDirectory();
  });
  afterEach(async () => {
    await database.close();
    rmSync(directory, { recursive: true });
  });

  async function open(options: Partial<EmbeddedOptions> = {}): Promise<EmbeddedDatabase> {
    database = await openEmbedded({ directory, ...options });
    return database;
  }

  const heavy = (rows: number) =>
    database.asMaintenance('doctor', (tx) => sql`select count(*) from generate_series(1, ${rows}::bigint)`.execute(tx));

  it('leaves the event loop free while a long query runs', async () => {
    await open();
    let longestPause = 0;
    let last = performance.now();
    const timer = setInterval(() => {
      longestPause = Math.max(longestPause, performance.now() - last);
      last = performance.now();
    }, 1);
    const begin = performance.now();
    await heavy(3_000_000);
    const duration = performance.now() - begin;
    clearInterval(timer);
    expect(duration).toBeGreaterThan(200);
    expect(longestPause).toBeLessThan(duration / 4);
  });

  it('ends a query that runs beyond the limit, and works again', async () => {
    await open({ queryLimitMs: 300 });
    const { organization_id, request_id } = await seedSession(database);
    await expect(heavy(1e12)).rejects.toThrow(DatabaseUnavailable);
    expect(await database.readSessionByKey(organization_id, request_id)).toMatchObject({ request_id });
  });

  it('lets those who waited behind such a query go on', async () => {
    await open({ queryLimitMs: 300 });
    const endless = heavy(1e12);
    const waiting = [database.ping(), database.ping()];
    await expect(endless).rejects.toThrow(DatabaseUnavailable);
    await expect(Promise.all(waiting)).resolves.toHaveLength(2);
  });

  it('begins anew when PostgreSQL panics, and has what was committed', async () => {
    await open();
    const { organization_id, request_id } = await seedSession(database);
    const log = join(directory, 'database', 'pg_wal');
    renameSync(log, `${log}.away`);
    // more than one file of the log holds
    await expect(insertSessions(organization_id, 30_000)).rejects.toThrow(DatabaseUnavailable);
    await expect(database.ping()).rejects.toThrow(DatabaseUnavailable);
    renameSync(`${log}.away`, log);
    expect(await database.readSessionByKey(organization_id, request_id)).toMatchObject({ request_id });
  });

  it('gives up waiting for its turn', async () => {
    await open({ patienceMs: 50 });
    const begun = Promise.withResolvers<void>();
    const release = Promise.withResolvers<void>();
    const holding = database.asMaintenance('doctor', async () => {
      begun.resolve();
      await release.promise;
    });
    await begun.promise;
    await expect(database.ping()).rejects.toThrow(DatabaseUnavailable);
    release.resolve();
    await holding;
    await database.ping();
  });

  it('runs transactions one after the other', async () => {
    await open();
    const order: string[] = [];
    const transaction = (name: string) =>
      database.asMaintenance('doctor', async (tx) => {
        order.push(`${name} begins`);
        await sql`select 1`.execute(tx);
        await sql`select 2`.execute(tx);
        order.push(`${name} ends`);
      });
    await Promise.all([transaction('one'), transaction('two')]);
    expect(order).toEqual(['one begins', 'one ends', 'two begins', 'two ends']);
  });

  it('finishes what is under way before it closes, and refuses what comes later', async () => {
    await open();
    const working = [heavy(300_000), heavy(1000), database.ping()];
    const closing = database.close();
    await expect(database.ping()).rejects.toThrow(DatabaseUnavailable);
    const outcomes = await Promise.allSettled([...working, closing]);
    expect(outcomes.map(({ status }) => status)).toEqual(Array(4).fill('fulfilled'));
    expect(readdirSync(directory)).toEqual(['database']);
  });

  it('needs no recovery after it was closed', async () => {
    const before = await open();
    await seedSession(before);
    await before.close();
    const { rows } = await (await open()).asMaintenance('doctor', (tx) =>
      sql<{ written: number }>`
        select pg_wal_lsn_diff(pg_current_wal_lsn(), checkpoint_lsn)::int as written from pg_control_checkpoint()`.execute(
        tx,
      ),
    );
    // nothing but the checkpoint itself: its record has about a hundred bytes
    expect(rows[0]?.written).toBeLessThan(1000);
  });

  it('syncs its log with the call that reaches the disk', async () => {
    await open();
    const { rows } = await database.asMaintenance('doctor', (tx) =>
      sql`select current_setting('fsync') as fsync, current_setting('wal_sync_method') as method`.execute(tx),
    );
    expect(rows).toEqual([{ fsync: 'on', method: 'fsync' }]);
  });

  it('keeps a week of writes small', { timeout: 60_000 }, async () => {
    await open();
    const { organization_id } = await seedSession(database);
    await insertSessions(organization_id, 2000);
    const begin = await measure();
    for (let day = 0; day < 7; day += 1) {
      for (let flush = 0; flush < 5; flush += 1) await touchAllSessions(organization_id);
      await database.upkeep();
    }
    const end = await measure();
    const written = end.written - begin.written;
    const logDirectory = sizeOf(join(directory, 'database', 'pg_wal'));
    expect(written).toBeGreaterThan(50_000_000);
    expect(logDirectory).toBeLessThan(written / 2);
    // five days' dead rows at most, not thirty-five
    expect(end.table).toBeLessThan(begin.table * 10);
    expect(end.estimate).toBe(2001);
  });

  it('does nothing in a round of upkeep when nothing was written', async () => {
    await open();
    await database.upkeep();
    const begin = await measure();
    await database.upkeep();
    expect((await measure()).written).toBe(begin.written);
  });

  async function insertSessions(organizationId: string, count: number): Promise<void> {
    await database.inOrganization(organizationId, (tx) =>
      sql`
        insert into sessions (organization_id, request_id, user_id, user_email, session_name, ip_address, user_agent,
          last_ip_address, last_user_agent, client_type, auth_method, account_type, created_at, last_activity,
          search_text, token_salt, token_confirmed_at)
        select organization_id, gen_random_uuid(), user_id, user_email, session_name, ip_address, user_agent,
          last_ip_address, last_user_agent, client_type, auth_method, account_type, created_at, last_activity,
          search_text, token_salt, token_confirmed_at
        from sessions, generate_series(1, ${count}::int)`.execute(tx),
    );
  }

  async function touchAllSessions(organizationId: string): Promise<void> {
    await database.inOrganization(organizationId, (tx) =>
      sql`update sessions set last_activity = last_activity + interval '1 minute'`.execute(tx),
    );
  }

  async function measure(): Promise<{ written: number; table: number; estimate: number }> {
    const { rows } = await database.asMaintenance('doctor', (tx) =>
      sql<{ written: number; table: number; estimate: number }>`
        select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint as written,
          pg_relation_size('sessions') as table, reltuples::int as estimate
        from pg_class where oid = 'sessions'::regclass`.execute(tx),
    );
    const [row] = rows;
    if (row === undefined) throw new Error('no such table');
    return row;
  }
});

function sizeOf(directory: string): number {
  return readdirSync(directory).reduce((size, name) => size + statSync(join(directory, name)).size, 0);
}
