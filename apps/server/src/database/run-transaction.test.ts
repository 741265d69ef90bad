import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ENGINES } from '../../test/engines.ts';
import { type OneSession, seedSession } from '../../test/seed.ts';
import { openTestDatabase, type TestDatabase } from '../../test/test-database.ts';
import { writeActivity, writing } from '../activity/write-activity.ts';
import type { Access, Work } from './database.ts';

describe.each(ENGINES)('%s', (engine) => {
  let opened: TestDatabase;
  let one: OneSession;
  beforeAll(async () => {
    opened = await openTestDatabase(engine);
  });
  beforeEach(async () => {
    await seedSession(opened.database);
    one = await seedSession(opened.database);
  });
  afterAll(() => opened.destroy());

  const run = <T>(work: Work<T>, how?: Access) => opened.database.inOrganization(one.organization_id, work, how);
  const lastAddress: Work<unknown> = async (tx) =>
    (await tx.selectFrom('sessions').select('last_ip_address').executeTakeFirstOrThrow()).last_ip_address;
  const activityFrom = (ipAddress: string, at: string) =>
    writeActivity(opened.database, one.organization_id, [{ requestId: one.request_id, at, ipAddress, userAgent: 'x' }]);
  /** On every connection that there is: of which organization anybody who has it next would see rows. */
  const remembered = () =>
    Promise.all(
      Array.from({ length: 12 }, () =>
        opened.database.asMaintenance('doctor', async (tx) => {
          const { rows } = await sql<{ of: string }>`
            select coalesce(current_setting('rollcall.organization', true), '') as of from pg_sleep(0.01)`.execute(tx);
          return rows[0]?.of;
        }),
      ),
    );

  test('what is written behind is seen by everybody when that resolves', async () => {
    await activityFrom('192.0.2.9', '2026-11-23T09:43:00.000Z');
    expect(await run(lastAddress, 'reading')).toBe('192.0.2.9');
  });

  test('a statement written behind that fails is told, and leaves nothing behind', async () => {
    await expect(activityFrom('no address', '2026-11-23T09:44:00.000Z')).rejects.toThrow(/inet/);
    expect(await run(lastAddress)).toBe('192.0.2.7');
    expect(new Set(await remembered())).toEqual(new Set(['']));
  });

  describe('a read behind a write', () => {
    const write = (ipAddress: string, at: string): Work<unknown> =>
      writing(one.organization_id, [{ requestId: one.request_id, at, ipAddress, userAgent: 'x' }]);
    const behind = (ipAddress: string, read: Work<unknown>) =>
      opened.database.readBehind(one.organization_id, write(ipAddress, '2026-11-23T09:43:00.000Z'), read);

    test('sees what was written, as everybody does', async () => {
      const { written, answer } = behind('192.0.2.9', lastAddress);
      await written;
      expect(await run(lastAddress, 'reading')).toBe('192.0.2.9');
      expect(await answer).toBe('192.0.2.9');
    });

    test('reads in several statements, of its organization alone, and writes nothing', async () => {
      const twice: Work<unknown> = async (tx) => [await lastAddress(tx), await lastAddress(tx)];
      expect(await behind('192.0.2.9', twice).answer).toEqual(['192.0.2.9', '192.0.2.9']);
      const { written, answer } = behind('192.0.2.9', (tx) => tx.deleteFrom('sessions').execute());
      await expect(answer).rejects.toThrow(/read-only/);
      await written;
      expect(new Set(await remembered())).toEqual(new Set(['']));
    });

    test('fails with a write that fails, which leaves nothing behind', async () => {
      const { written, answer } = behind('no address', lastAddress);
      await expect(answer).rejects.toThrow(/inet/);
      await expect(written).rejects.toThrow(/inet/);
      expect(await run(lastAddress)).toBe('192.0.2.7');
      expect(new Set(await remembered())).toEqual(new Set(['']));
    });

    test('may fail alone: what was written is', async () => {
      const { written, answer } = behind('192.0.2.9', () => Promise.reject(new Error('thought better of it')));
      await expect(answer).rejects.toThrow('thought better of it');
      await written;
      expect(await run(lastAddress)).toBe('192.0.2.9');
    });
  });

  test.each<Access>(['writing', 'reading', 'writing-behind'])('%s shows this organization alone', async (how) => {
    const count: Work<unknown> = (tx) =>
      tx
        .selectFrom('sessions')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .execute();
    expect(await run(count, how)).toEqual([{ count: 1 }]);
    expect(new Set(await remembered())).toEqual(new Set(['']));
  });

  test('who only reads writes nothing', async () => {
    const change: Work<unknown> = (tx) => tx.updateTable('sessions').set({ last_user_agent: 'written' }).execute();
    await expect(run(change, 'reading')).rejects.toThrow(/read-only/);
  });

  test('of a work that throws nothing is left', async () => {
    const change: Work<void> = async (tx) => {
      await tx.updateTable('sessions').set({ last_ip_address: '192.0.2.10' }).execute();
      throw new Error('thought better of it');
    };
    await expect(run(change)).rejects.toThrow('thought better of it');
    expect(await run(lastAddress)).toBe('192.0.2.7');
  });

  test('nothing is asked in the name of a transaction that is over', async () => {
    let late: (() => Promise<unknown>) | undefined;
    await run(async (tx) => {
      late = () => lastAddress(tx);
    });
    await expect(late?.()).rejects.toThrow('the transaction is over');
  });

  test.runIf(engine === 'postgresql')('what is written behind is one statement: a second one is refused', async () => {
    const twice: Work<unknown> = async (tx) => {
      await lastAddress(tx);
      return await lastAddress(tx);
    };
    await expect(run(twice, 'writing-behind')).rejects.toThrow('the transaction is over');
    expect(await run(twice)).toBe('192.0.2.7');
  });
});
