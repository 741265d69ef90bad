import { describe, expect, test } from 'vitest';
import { sessionByKey } from '../../test/session-by-key.ts';
import type { SessionByKey } from '../database/database.ts';
import { createRegistry } from './registry.ts';

/** A database that answers when the test says so, a lease that it gives and takes, and its own clock. */
function surroundings() {
  let hasLease = true;
  let now = 0;
  const reads: PromiseWithResolvers<SessionByKey | undefined>[] = [];
  const registry = createRegistry({
    database: {
      readSessionByKey() {
        const read = Promise.withResolvers<SessionByKey | undefined>();
        reads.push(read);
        return read.promise;
      },
    },
    lease: { isValid: () => hasLease },
    clock: () => at,
    monotonic: () => now,
    patienceMs: 30,
    capacity: 10,
  });
  return {
    reads,
    read: (organizationId = 'here') => registry.read(organizationId, 'session'),
    recall: (organizationId = 'here') => registry.recall(organizationId, 'session')?.session,
    forget: () => registry.forget('here', 'session'),
    forgetAll: () => registry.forgetAll(),
    answer: (read: number, generation: number) => reads[read]?.resolve(sessionOf(generation)),
    pass(milliseconds: number) {
      now += milliseconds;
    },
    lease(given: boolean) {
      hasLease = given;
    },
  };
}

const at = '2026-11-23T09:42:19.000Z';

function sessionOf(generation: number): SessionByKey {
  return sessionByKey({ token_generation: generation });
}

test('what was read is remembered, for its own organization, for so long after the question', async () => {
  const { read, recall, reads, ...around } = surroundings();
  const reading = read();
  around.pass(10);
  around.answer(0, 1);
  expect((await reading)?.session.token_generation).toBe(1);
  expect(recall()?.token_generation).toBe(1);
  expect(recall('elsewhere')).toBeUndefined();
  around.pass(20);
  expect(recall()).toBeDefined();
  around.pass(1);
  expect(recall()).toBeUndefined();
  expect(reads).toHaveLength(1);
});

test('without a lease nothing is recalled, with a new one it is again', async () => {
  const around = surroundings();
  const reading = around.read();
  around.answer(0, 1);
  await reading;
  around.lease(false);
  expect(around.recall()).toBeUndefined();
  around.lease(true);
  expect(around.recall()).toBeDefined();
});

describe('a read that is under way', () => {
  test('is shared by whoever comes while there is a lease', async () => {
    const around = surroundings();
    const readings = [around.read(), around.read(), around.read()];
    around.answer(0, 1);
    await Promise.all(readings);
    expect(around.reads).toHaveLength(1);
  });

  test('is not enough for whoever came later without a lease: they share the one after it', async () => {
    const around = surroundings();
    around.lease(false);
    const readings = [around.read(), around.read(), around.read()];
    around.answer(0, 1);
    await readings[0];
    await expect.poll(() => around.reads.length).toBe(2);
    around.answer(1, 2);
    const generations = (await Promise.all(readings)).map((read) => read?.session.token_generation);
    expect(generations).toEqual([1, 2, 2]);
    expect(around.reads).toHaveLength(2);
  });

  test('is not enough for whoever came later when it took longer than anything may be relied on', async () => {
    const around = surroundings();
    const readings = [around.read(), around.read()];
    around.pass(31);
    around.answer(0, 1);
    await readings[0];
    await expect.poll(() => around.reads.length).toBe(2);
    around.answer(1, 2);
    expect((await readings[1])?.session.token_generation).toBe(2);
  });

  test('is repeated when the session changes meanwhile, and its answer never remembered', async () => {
    const around = surroundings();
    const reading = around.read();
    around.forget();
    around.answer(0, 1);
    await expect.poll(() => around.reads.length).toBe(2);
    expect(around.recall()).toBeUndefined();
    around.answer(1, 2);
    expect((await reading)?.session.token_generation).toBe(2);
    expect(around.recall()?.token_generation).toBe(2);
  });

  test('cannot be taken away by a token that names another organization', async () => {
    const around = surroundings();
    const honest = around.read();
    const forged = around.read('elsewhere');
    around.reads[1]?.resolve(undefined);
    expect(await forged).toBeUndefined();
    around.forget();
    around.answer(0, 1);
    await expect.poll(() => around.reads.length).toBe(3);
    around.answer(2, 2);
    expect((await honest)?.session.token_generation).toBe(2);
  });

  test('fails for whoever began it; the others try once more themselves', async () => {
    const around = surroundings();
    const [first, second] = [around.read(), around.read()];
    around.reads[0]?.reject(new Error('the database is away'));
    await expect(first).rejects.toThrow('the database is away');
    await expect.poll(() => around.reads.length).toBe(2);
    around.answer(1, 1);
    expect((await second)?.session.token_generation).toBe(1);
  });
});

test('what is remembered is what was read, whatever it shares with others', async () => {
  const around = surroundings();
  const reading = around.read();
  around.answer(0, 7);
  expect((await reading)?.session).toEqual(sessionOf(7));
  around.forget();
  const again = around.read();
  around.answer(1, 7);
  expect((await again)?.session).toEqual(sessionOf(7));
});

test('what has changed is forgotten', async () => {
  const around = surroundings();
  const reading = around.read();
  around.answer(0, 1);
  await reading;
  around.forget();
  expect(around.recall()).toBeUndefined();
  const again = around.read();
  around.answer(1, 2);
  await again;
  around.forgetAll();
  expect(around.recall()).toBeUndefined();
});
