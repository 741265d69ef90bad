import { expect, test } from 'vitest';
import { WriteBehind } from './write-behind.ts';

/** A place to write to whose writes end when the test says so. */
function slowStore() {
  const writes: { values: string[]; succeed: () => void; fail: () => void }[] = [];
  const behind = new WriteBehind<string>((values) => {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    writes.push({ values, succeed: resolve, fail: () => reject(new Error('the store is down')) });
    return promise;
  });
  const write = async (index: number) => {
    await expect.poll(() => writes.length).toBeGreaterThan(index);
    const found = writes[index];
    if (!found) throw new Error(`write ${index} has not begun`);
    return found;
  };
  return { behind, writes, write };
}

test('only the newest value of a key is written, all keys at once', async () => {
  const { behind, writes, write } = slowStore();
  behind.put('a', 'a1');
  behind.put('b', 'b1');
  behind.put('a', 'a2');
  const flushed = behind.flush();
  (await write(0)).succeed();
  await flushed;
  expect(writes.map(({ values }) => values)).toEqual([['a2', 'b1']]);
});

test('whoever flushes in the same round of the event loop shares one write, with everything that was put in it', async () => {
  const { behind, writes, write } = slowStore();
  behind.put('a', 'a1');
  const first = behind.flush();
  behind.put('b', 'b1');
  const second = behind.flush();
  behind.put('a', 'a2');
  (await write(0)).succeed();
  await Promise.all([first, second]);
  expect(writes.map(({ values }) => values)).toEqual([['a2', 'b1']]);
});

test('nothing to write is not written', async () => {
  const { behind, writes } = slowStore();
  await behind.flush();
  expect(writes).toEqual([]);
});

test('a value can be read until it is written', async () => {
  const { behind, write } = slowStore();
  behind.put('a', 'a1');
  expect(behind.get('a')).toBe('a1');
  const flushed = behind.flush();
  const { succeed } = await write(0);
  expect(behind.get('a')).toBe('a1');
  behind.put('a', 'a2');
  expect(behind.get('a')).toBe('a2');
  succeed();
  await flushed;
  expect(behind.get('a')).toBe('a2');
});

test('whoever flushes during a write shares the one after it, with everything that was put before', async () => {
  const { behind, writes, write } = slowStore();
  behind.put('a', 'a1');
  const first = behind.flush();
  const { succeed } = await write(0);
  behind.put('a', 'a2');
  const second = behind.flush();
  behind.put('b', 'b1');
  const third = behind.flush();
  expect(writes).toHaveLength(1);
  succeed();
  await first;
  (await write(1)).succeed();
  await Promise.all([second, third]);
  expect(writes.map(({ values }) => values)).toEqual([['a1'], ['a2', 'b1']]);
});

test('what could not be written is kept, behind whatever is newer, and nothing queues up', async () => {
  const { behind, writes, write } = slowStore();
  behind.put('a', 'a1');
  behind.put('b', 'b1');
  const failed = behind.flush();
  const { fail } = await write(0);
  behind.put('a', 'a2');
  fail();
  await expect(failed).rejects.toThrow('the store is down');
  expect(behind.get('b')).toBe('b1');
  const flushed = behind.flush();
  (await write(1)).succeed();
  await flushed;
  expect(writes[1]?.values.toSorted()).toEqual(['a2', 'b1']);
});

test('a flush after a failed one is not failed by it', async () => {
  const { behind, writes, write } = slowStore();
  behind.put('a', 'a1');
  const failed = behind.flush();
  const { fail } = await write(0);
  const next = behind.flush();
  fail();
  await expect(failed).rejects.toThrow('the store is down');
  (await write(1)).succeed();
  await next;
  expect(writes[1]?.values).toEqual(['a1']);
});
