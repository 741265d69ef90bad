import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Memory } from './memory.ts';

test('never holds more than its capacity', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 20 }), fc.array(fc.string({ maxLength: 2 })), (capacity, keys) => {
      const memory = new Memory<number>(capacity);
      for (const [index, key] of keys.entries()) {
        memory.set(key, index);
        expect(memory.size).toBeLessThanOrEqual(capacity + 1);
      }
    }),
  );
});

test('what was used within the last half of its capacity is there, with its newest value', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 20 }), fc.array(fc.constantFrom(...'abcdefghijklmnop')), (capacity, keys) => {
      const memory = new Memory<number>(capacity);
      for (const [index, key] of keys.entries()) memory.set(key, index);
      const recent = keys.slice(-Math.floor(capacity / 2));
      for (const key of recent) expect(memory.get(key)).toBe(keys.lastIndexOf(key));
    }),
  );
});

test('what is asked for stays, what is not goes', () => {
  const memory = new Memory<string>(4);
  memory.set('busy', 'kept');
  for (let other = 0; other < 100; other += 1) {
    memory.set(`other ${other}`, 'passes by');
    expect(memory.get('busy')).toBe('kept');
  }
  expect(memory.get('other 0')).toBeUndefined();
});

test('forgets one, and all', () => {
  const memory = new Memory<number>(4);
  for (const [value, key] of ['a', 'b', 'c'].entries()) memory.set(key, value);
  memory.delete('a');
  expect(['a', 'b', 'c'].map((key) => memory.get(key))).toEqual([undefined, 1, 2]);
  memory.clear();
  expect(memory.size).toBe(0);
});

test('without capacity it remembers nothing', () => {
  const memory = new Memory<number>(0);
  memory.set('a', 1);
  expect(memory.get('a')).toBeUndefined();
});
