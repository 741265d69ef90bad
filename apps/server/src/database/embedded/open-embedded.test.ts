import { readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ENGINES } from '../../../test/engines.ts';
import { multiplySessions, seedSession } from '../../../test/seed.ts';
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

  it('ends a query that runs beyond the limit; those who waited behind it go on', async () => {
    await open({ queryLimitMs: 1000 });
    const { organization_id, request_id } = await seedSession(database);
    const endless = heavy(1e12);
    const waiting = database.readSessionByKey(organization_id, request_id);
    await expect(endless).rejects.toThrow(DatabaseUnavailable);
    expect(await waiting).toMatchObject({ request_id });
  });

  it('begins anew when PostgreSQL panics, and has what was committed', async () => {
    await open();
    const { organization_id, request_id } = await seedSession(database);
    const log = join(directory, 'database', 'pg_wal');
    renameSync(log, `${log}.away`);
    // more than one file of the log holds
    await expect(multiplySessions(database, organization_id, 30_000)).rejects.toThrow(DatabaseUnavailable);
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

  it('says on the disk that it was closed in good order', async () => {
    await open();
    expect(stateOnDisk()).toBe(IN_PRODUCTION);
    await database.close();
    expect(stateOnDisk()).toBe(SHUT_DOWN);
  });

  // PostgreSQL's control file: where its state is, and two of its values.
  const IN_PRODUCTION = 6;
  const SHUT_DOWN = 1;
  const stateOnDisk = () => readFileSync(join(directory, 'database', 'global', 'pg_control')).readUInt32LE(16);
});
