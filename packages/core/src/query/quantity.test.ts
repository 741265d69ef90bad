import { describe, expect, test } from 'vitest';
import { ofAge, parseCount, parseLength, parseMoment } from './quantity.ts';

const at = Date.parse;

describe('a count', () => {
  test.for([
    ['0', 0],
    ['3', 3],
    ['007', 7],
    ['999999999', 999_999_999],
  ] as const)('%s', ([text, count]) => {
    expect(parseCount(text)).toEqual({ start: count, after: count + 1, end: count + 1 });
  });

  test.for(['', '-1', '+1', '1.5', '1e3', '1000000000', '٣', ' 3', 'three', 'NaN', 'Infinity'])('is not %j', (text) => {
    expect(parseCount(text)).toBeUndefined();
  });
});

describe('a length', () => {
  test.for([
    ['0s', 0, 1000],
    ['250ms', 250, 1],
    ['45s', 45_000, 1000],
    ['30m', 1_800_000, 60_000],
    ['8h', 28_800_000, 3_600_000],
    ['8H', 28_800_000, 3_600_000],
    ['7d', 604_800_000, 86_400_000],
    ['2w', 1_209_600_000, 604_800_000],
    ['3660000d', 316_224_000_000_000, 86_400_000],
  ] as const)('%s is %d ms, to within %d', ([text, length, exactness]) => {
    expect(parseLength(text)).toEqual({ start: length, after: length + 1, end: length + exactness });
  });

  test.for([
    ...['', '8', 'h', '8 h', '-8h', '+8h', '1.5h', '1h30m', '8y', '8hours', '8µs', '1e3s', 'constructor'],
    ...['3660001d', '999999999999999w', '9999999999999999ms', `${'9'.repeat(400)}d`],
  ])('is not %j', (text) => {
    expect(parseLength(text)).toBeUndefined();
  });
});

describe('a moment', () => {
  test.for([
    ['2026-01-01', '2026-01-01T00:00:00.000Z', '2026-01-02T00:00:00.000Z'],
    ['2024-02-29', '2024-02-29T00:00:00.000Z', '2024-03-01T00:00:00.000Z'],
    ['2026-01-01T10:30Z', '2026-01-01T10:30:00.000Z', '2026-01-01T10:31:00.000Z'],
    ['2026-01-01t10:30z', '2026-01-01T10:30:00.000Z', '2026-01-01T10:31:00.000Z'],
    ['2026-01-01T10:30:15+02:00', '2026-01-01T08:30:15.000Z', '2026-01-01T08:30:16.000Z'],
    ['2026-01-01T10:30:15.250Z', '2026-01-01T10:30:15.250Z', '2026-01-01T10:30:15.251Z'],
  ] as const)('%s is from %s until %s', ([text, start, after]) => {
    expect(parseMoment(text)).toEqual({ start: at(start), after: at(after), end: at(after) });
  });

  test.for([
    ...['', 'today', '2026', '2026-01', '2026-1-1', '2026-02-30', '2025-02-29', '2026-13-01', '0000-01-01'],
    ...['2026-01-01T10:30', '2026-01-01T25:00Z', '2026-01-01 10:30Z', '10000-01-01', '-2026-01-01', '01/02/2026'],
  ])('is not %j', (text) => {
    expect(parseMoment(text)).toBeUndefined();
  });
});

describe('of an age', () => {
  const now = '2026-11-23T09:42:19.000Z';
  const ago = (milliseconds: number) => at(now) - milliseconds;

  test.for([
    [{ to: 1000 }, { from: ago(999) }],
    [{ from: 1000 }, { to: ago(999) }],
    [
      { from: 1000, to: 2000 },
      { from: ago(1999), to: ago(999) },
    ],
    [{}, {}],
  ] as const)('%j is %j', ([age, instants]) => {
    expect(ofAge(age, now)).toEqual(instants);
  });
});
