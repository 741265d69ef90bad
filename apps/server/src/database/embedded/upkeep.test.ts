/** What autovacuum and the checkpointer do for a server, without waiting for a timer. */
import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ENGINES } from '../../../test/engines.ts';
import { multiplySessions, seedSession } from '../../../test/seed.ts';
import { copyDataDirectory } from '../../../test/test-database.ts';
import { type EmbeddedDatabase, openEmbedded } from './open-embedded.ts';

describe.runIf(ENGINES.includes('embedded'))('upkeep of an embedded database', () => {
  let directory: string;
  let database: EmbeddedDatabase;

  beforeAll(async () => {
    directory = copyDataDirectory();
    database = await openEmbedded({ directory });
  });
  afterAll(async () => {
    await database.close();
    rmSync(directory, { recursive: true });
  });

  it('keeps a week of writes small', async () => {
    const { organization_id } = await seedSession(database);
    await multiplySessions(database, organization_id, 2000);
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

  it('writes nothing when nothing was written', async () => {
    await database.upkeep();
    const begin = await measure();
    await database.upkeep();
    expect((await measure()).written).toBe(begin.written);
  });

  it('leaves the connection to the service as it was', async () => {
    await database.upkeep();
    const { rows } = await database.inOrganization('', (tx) => sql`select current_user as role`.execute(tx));
    expect(rows).toEqual([{ role: 'rollcall_service' }]);
  });

  it('tells of a round that failed', async () => {
    const other = copyDataDirectory();
    const failure = Promise.withResolvers<unknown>();
    const waiting = await openEmbedded({
      directory: other,
      upkeepIntervalMs: 10,
      patienceMs: 50,
      warn: failure.resolve,
    });
    await waiting.asMaintenance('doctor', async () => {
      expect(await failure.promise).toBeInstanceOf(Error);
    });
    await waiting.close();
    rmSync(other, { recursive: true });
  });

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
