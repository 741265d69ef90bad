import { expect, test } from 'vitest';
import { clockOf } from './clock.ts';

test('the clock tells the time of every call, backwards too', () => {
  const times = [0, 0, 1, 1, 0, Date.parse('2026-11-24T03:00:00.123Z')];
  const clock = clockOf(() => times.shift() ?? Number.NaN);
  expect([clock(), clock(), clock(), clock(), clock(), clock()]).toEqual([
    '1970-01-01T00:00:00.000Z',
    '1970-01-01T00:00:00.000Z',
    '1970-01-01T00:00:00.001Z',
    '1970-01-01T00:00:00.001Z',
    '1970-01-01T00:00:00.000Z',
    '2026-11-24T03:00:00.123Z',
  ]);
  expect(clock).toThrow(RangeError);
});
