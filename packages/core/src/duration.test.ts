import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nearNow, sessionWith } from '../test/sessions.ts';
import { durationMilliseconds, durationMinutes, minutesOf, writeMinutes } from './duration.ts';
import { toInstant, toMilliseconds } from './instant.ts';

const createdAt = '2026-11-23T08:00:00.000Z';

describe('a duration', () => {
  test.for([
    ['nothing, when there was no activity yet', 0, 0],
    ['no whole minute, a millisecond before it is full', 59_999, 0],
    ['a minute, at its full minute', 60_000, 1],
    ['rounded down', 119_999, 1],
    ['as long as a working day', 8 * 3_600_000, 480],
    ['years', 2 * 365 * 86_400_000, 1_051_200],
    ['never below zero, when the clocks differ', -1, 0],
    ['never below zero, however much the clocks differ', -86_400_000, 0],
  ] as const)('is %s', ([, milliseconds, minutes]) => {
    const session = sessionWith({ createdAt, lastActivity: toInstant(toMilliseconds(createdAt) + milliseconds) });
    expect(durationMilliseconds(session)).toBe(Math.max(0, milliseconds));
    expect(durationMinutes(session)).toBe(minutes);
  });

  test('in whole minutes is its exact minutes, cut', () => {
    fc.assert(
      fc.property(nearNow, nearNow, (created, lastActivity) => {
        const session = { createdAt: created, lastActivity };
        expect(durationMinutes(session)).toBe(Math.trunc(minutesOf(durationMilliseconds(session))));
      }),
    );
  });
});

test('minutes may be fractions', () => {
  expect(minutesOf(90_000)).toBe(1.5);
  expect(minutesOf(1)).toBe(1 / 60_000);
});

test.for([
  [0, '0 min'],
  [125, '125 min'],
  [12.3, '12.3 min'],
  [12.34, '12.3 min'],
  [12.35, '12.4 min'],
  [12.04, '12 min'],
  [0.04, '0 min'],
  [1_051_200, '1,051,200 min'],
] as const)('%d minutes are written %s', ([minutes, text]) => {
  expect(writeMinutes(minutes)).toBe(text);
});
