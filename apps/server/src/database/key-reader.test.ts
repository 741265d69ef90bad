import { randomUUID } from 'node:crypto';
import type { QueryConfig } from 'pg';
import { expect, test } from 'vitest';
import { ENGINES } from '../../test/engines.ts';
import { seedSession } from '../../test/seed.ts';
import { sessionByKey } from '../../test/session-by-key.ts';
import { openTestDatabase } from '../../test/test-database.ts';
import type { SessionByKey } from './database.ts';
import { keyReader } from './key-reader.ts';

interface Statement {
  readonly requestIds: readonly string[];
  answer(...requestIds: string[]): void;
  fail(): void;
}

/** As many lanes, whose statements are answered when the test says so. */
function lanes(count: number) {
  const statements: Statement[] = [];
  const lane = ({ values = [] }: QueryConfig) => {
    const { promise, resolve, reject } = Promise.withResolvers<{ rows: SessionByKey[] }>();
    statements.push({
      requestIds: values[1],
      answer: (...requestIds) => resolve({ rows: requestIds.map((request_id) => sessionByKey({ request_id })) }),
      fail: () => reject(new Error('the connection broke')),
    });
    return promise;
  };
  const read = keyReader(Array.from({ length: count }, () => lane));
  const statement = async (index: number) => {
    await expect.poll(() => statements[index]).toBeDefined();
    const found = statements[index];
    if (!found) throw new Error(`statement ${index} was not sent`);
    return found;
  };
  return { statements, statement, read: (requestId: string) => read('here', requestId) };
}

test('those that come together are asked for together, those that come meanwhile after them', async () => {
  const { statements, statement, read } = lanes(1);
  const [a, b] = [read('a'), read('b')];
  const first = await statement(0);
  const [c, d] = [read('c'), read('d')];
  first.answer('b', 'a');
  (await statement(1)).answer('d', 'c');
  expect(statements.map(({ requestIds }) => requestIds)).toEqual([
    ['a', 'b'],
    ['c', 'd'],
  ]);
  const found = await Promise.all([a, b, c, d]);
  expect(found.map((session) => session?.request_id)).toEqual(['a', 'b', 'c', 'd']);
});

test('nothing is asked before all have come that come together', () => {
  const { statements, read } = lanes(1);
  void read('a');
  expect(statements).toEqual([]);
});

test('each lane has one statement under way', async () => {
  const { statements, statement, read } = lanes(2);
  for (const [index, requestId] of ['a', 'b'].entries()) {
    void read(requestId);
    await statement(index);
  }
  void read('c');
  await new Promise(setImmediate);
  expect(statements.map(({ requestIds }) => requestIds)).toEqual([['a'], ['b']]);
});

test('what one lane has no room for goes into the other', async () => {
  const { statements, statement, read } = lanes(2);
  for (let number = 0; number < 150; number += 1) void read(String(number));
  await statement(1);
  expect(statements.map(({ requestIds }) => requestIds.length)).toEqual([100, 50]);
});

test('what is not there is undefined, and so is what nobody asked for', async () => {
  const { statement, read } = lanes(1);
  const missing = read('a');
  (await statement(0)).answer('b');
  expect(await missing).toBeUndefined();
});

test('a statement that fails fails its own reads alone', async () => {
  const { statement, read } = lanes(1);
  const first = read('a');
  const answered = await statement(0);
  const others = [read('b'), read('c')];
  answered.answer('a');
  const settled = Promise.allSettled(others);
  (await statement(1)).fail();
  expect((await first)?.request_id).toBe('a');
  expect((await settled).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  const next = read('d');
  (await statement(2)).answer('d');
  expect((await next)?.request_id).toBe('d');
});

test('a statement asks for a hundred sessions at most', async () => {
  const { statements, statement, read } = lanes(1);
  for (let number = 0; number < 250; number += 1) void read(String(number));
  (await statement(0)).answer();
  (await statement(1)).answer();
  await statement(2);
  expect(statements.map(({ requestIds }) => requestIds.length)).toEqual([100, 100, 50]);
});

test.each(ENGINES)('%s: many at once are each told of their own session', async (engine) => {
  const { database, destroy } = await openTestDatabase(engine);
  const seeded = [];
  for (let count = 0; count < 5; count += 1) seeded.push(await seedSession(database));
  const keys = [...seeded, ...seeded, { ...seeded[0], organization_id: randomUUID() }];
  const found = await Promise.all(
    keys.map(({ organization_id, request_id = '' }) => database.readSessionByKey(organization_id, request_id)),
  );
  expect(found.map((session) => session?.request_id)).toEqual([
    ...[...seeded, ...seeded].map(({ request_id }) => request_id),
    undefined,
  ]);
  await destroy();
});
