import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nearNow } from '../test/sessions.ts';
import { type Instant, toInstant, toMilliseconds } from './instant.ts';
import {
  generationAgeLimit,
  isAccepted,
  judgeFromDatabase,
  judgeFromMemory,
  type RememberedTokenState,
  type RotationSettings,
  remember,
  type TokenState,
} from './rotation.ts';

const settings: RotationSettings = { rotateAfterMs: 300_000, graceMs: 30_000, skewMs: 2000 };
const confirmedAt = '2026-11-23T09:00:00.000Z';
const row: TokenState = { generation: 7, confirmedAt, ended: false };

describe('by the row, the token of number', () => {
  test.for([
    ['7, the current one, in its first instant', 7, 0, 'current', 'none', null],
    ['7 at the limit', 7, 300_000, 'current', 'none', null],
    ['7 at the limit and the skew', 7, 302_000, 'current', 'none', null],
    ['7 beyond both', 7, 302_001, 'current', 'none', 8],
    ['8 at once: handed out early', 8, 0, 'current', 'none', null],
    ['8 at the limit: still early', 8, 300_000, 'current', 'none', null],
    ['8 beyond the limit', 8, 300_001, 'confirmed', 'confirm', null],
    ['6 in the instant that outdated it', 6, 0, 'race', 'none', 7],
    ['6 at the grace', 6, 30_000, 'race', 'none', 7],
    ['6 beyond the grace', 6, 30_001, 'reuse', 'end', null],
    ['6 long after', 6, 86_400_000, 'reuse', 'end', null],
    ['5, which has no grace', 5, 0, 'reuse', 'end', null],
    ['1', 1, 0, 'reuse', 'end', null],
    ['9, never handed out', 9, 0, 'forged', 'none', null],
    ['9, however late', 9, 86_400_000, 'forged', 'none', null],
    ['the greatest of all', Number.MAX_SAFE_INTEGER, 0, 'forged', 'none', null],
  ] as const)('%s', ([, presented, ageMs, verdict, effect, carries]) => {
    const judgement = judgeFromDatabase(row, presented, aged(ageMs), settings);
    expect(judgement).toEqual({ verdict, effect, carries });
  });
});

describe('of a session that has ended', () => {
  const ended = { ...row, ended: true };

  test.for([1, 5, 6, 7, 8])('token %i hears so, and nothing is written', (presented) => {
    for (const ageMs of [0, 30_001, 300_001]) {
      const judgement = judgeFromDatabase(ended, presented, aged(ageMs), settings);
      expect(judgement).toEqual({ verdict: 'ended', effect: 'none', carries: null });
    }
  });

  test('a token that was never handed out hears nothing', () => {
    const judgement = judgeFromDatabase(ended, 9, aged(0), settings);
    expect(judgement).toEqual({ verdict: 'forged', effect: 'none', carries: null });
  });
});

describe('a memory', () => {
  const memory: RememberedTokenState = { ...row, readAt: aged(0) };

  test.for([
    ['the current token', memory, 7, 0],
    ['the current token, at the end of the grace', memory, 7, 30_000],
    ['the current token of a row that had been old', { ...memory, readAt: aged(302_000) }, 7, 302_000],
  ] as const)('lets in %s, and carries nothing', ([, remembered, presented, ageMs]) => {
    const judgement = judgeFromMemory(remembered, presented, aged(ageMs), settings);
    expect(judgement).toEqual({ verdict: 'current', carriesNext: false });
  });

  test('carries the next token beyond limit and skew, by the node’s clock', () => {
    const old = { ...memory, readAt: aged(302_001) };
    expect(judgeFromMemory(old, 7, aged(302_001), settings)).toEqual({ verdict: 'current', carriesNext: true });
  });

  test.for([
    ['beyond the grace', memory, 7, 30_001],
    ['when the clock has been set back behind it', { ...memory, readAt: aged(1) }, 7, 0],
    ['about the next token', memory, 8, 0],
    ['about the token before', memory, 6, 0],
    ['about a token that was never handed out', memory, 9, 0],
    ['about a session that has ended', { ...memory, ended: true }, 7, 0],
  ] as const)('has nothing to say %s', ([, remembered, presented, ageMs]) => {
    expect(judgeFromMemory(remembered, presented, aged(ageMs), settings)).toBe('ask-database');
  });
});

describe('what is remembered', () => {
  const early: RememberedTokenState = { ...row, readAt: aged(0) };
  const late: RememberedTokenState = { ...row, readAt: aged(1) };
  const next: RememberedTokenState = { ...row, generation: 8, confirmedAt: aged(2), readAt: aged(3) };

  test.for([
    ['nothing, and an answer', undefined, early, early],
    ['an answer, and a newer one', early, late, late],
    ['an answer, and one that was overtaken', late, early, late],
    ['a generation, and the next one', late, next, next],
    ['a generation, and the one before, late', next, late, next],
    ['a session, and its end', early, { ...late, ended: true }, { ...late, ended: true }],
    ['an end, and an answer from before it, late', { ...late, ended: true }, early, { ...late, ended: true }],
    ['an end, and a newer answer', { ...early, ended: true }, next, { ...next, ended: true }],
  ] as const)('of %s', ([, remembered, answer, expected]) => {
    expect(remember(remembered, answer)).toEqual(expected);
  });
});

test('a generation lasts for the grace, where that is longer than the time to rotate', () => {
  expect(generationAgeLimit({ rotateAfterMs: 300_000, graceMs: 30_000, skewMs: 0 })).toBe(300_000);
  expect(generationAgeLimit({ rotateAfterMs: 0, graceMs: 30_000, skewMs: 2000 })).toBe(30_000);
});

test.for([
  ['current', true],
  ['confirmed', true],
  ['race', true],
  ['reuse', false],
  ['ended', false],
  ['forged', false],
] as const)('whether %s is let in: %s', ([verdict, accepted]) => {
  expect(isAccepted(verdict)).toBe(accepted);
});

describe('of any session', () => {
  // few enough that they coincide
  const few = fc.nat({ max: 5 });
  const anySettings = fc.record({ rotateAfterMs: few, graceMs: few, skewMs: few });
  const anyRow = fc.record({ generation: fc.integer({ min: 3, max: 5 }), confirmedAt: nearNow, ended: fc.boolean() });
  const presented = fc.integer({ min: 1, max: 8 });
  const ageMs = fc.integer({ min: -2, max: 12 });

  test('nothing is written but a confirmation and a theft', () => {
    fc.assert(
      fc.property(anyRow, presented, ageMs, anySettings, (any, number, age, set) => {
        const { verdict, effect } = judgeFromDatabase(any, number, later(any.confirmedAt, age), set);
        const expected = verdict === 'confirmed' ? 'confirm' : verdict === 'reuse' ? 'end' : 'none';
        expect(effect).toBe(expected);
      }),
    );
  });

  test('the token before the current one is never given grace while the one after is confirmed, and no others are let in', () => {
    fc.assert(
      fc.property(anyRow, ageMs, anySettings, (any, age, set) => {
        const at = later(any.confirmedAt, age);
        const judged = [1, 2, 3, 4, 5, 6, 7].map((number) => ({ number, ...judgeFromDatabase(any, number, at, set) }));
        const verdicts = judged.map(({ verdict }) => verdict);
        expect(verdicts.includes('race') && verdicts.includes('confirmed')).toBe(false);
        for (const { number, verdict } of judged) {
          if (isAccepted(verdict)) expect(Math.abs(number - any.generation)).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  test('a token that has been outdated for too long is never let in again', () => {
    fc.assert(
      fc.property(anyRow, presented, ageMs, few, anySettings, (any, number, age, more, set) => {
        fc.pre(judgeFromDatabase(any, number, later(any.confirmedAt, age), set).verdict === 'reuse');
        const still = judgeFromDatabase(any, number, later(any.confirmedAt, age + more), set);
        expect(still.verdict).toBe('reuse');
      }),
    );
  });

  test('only differences count: of numbers, and of instants', () => {
    fc.assert(
      fc.property(anyRow, presented, ageMs, anySettings, few, nearNow, (any, number, age, set, more, confirmed) => {
        const { carries, ...judgement } = judgeFromDatabase(any, number, later(any.confirmedAt, age), set);
        const moved = { ...any, generation: any.generation + more, confirmedAt: confirmed };
        expect(judgeFromDatabase(moved, number + more, later(confirmed, age), set)).toEqual({
          ...judgement,
          carries: carries === null ? null : carries + more,
        });
      }),
    );
  });

  test('a memory that is fresh says what the row says', () => {
    fc.assert(
      fc.property(anyRow, ageMs, anySettings, (any, age, set) => {
        fc.pre(!any.ended);
        const at = later(any.confirmedAt, age);
        const { carries } = judgeFromDatabase(any, any.generation, at, set);
        expect(judgeFromMemory({ ...any, readAt: at }, any.generation, at, set)).toEqual({
          verdict: 'current',
          carriesNext: carries !== null,
        });
      }),
    );
  });

  test('answers may come in any order and more than once', () => {
    const generation = fc.integer({ min: 1, max: 3 });
    const answer = fc
      .record({ generation, readAt: few, ended: fc.boolean() })
      .map((read) => ({ ...read, readAt: aged(read.readAt), confirmedAt: aged(read.generation) }));
    const inTwoOrders = fc
      .array(answer, { minLength: 1 })
      .chain((answers) => fc.tuple(fc.constant(answers), shuffled([...answers, ...answers])));
    fc.assert(
      fc.property(inTwoOrders, ([answers, again]) => {
        expect(rememberAll(again)).toEqual(rememberAll(answers));
      }),
    );
  });
});

function shuffled<T>(list: T[]): fc.Arbitrary<T[]> {
  return fc.shuffledSubarray(list, { minLength: list.length });
}

function rememberAll(answers: readonly RememberedTokenState[]): RememberedTokenState | undefined {
  return answers.reduce<RememberedTokenState | undefined>(remember, undefined);
}

function later(instant: Instant, ms: number): Instant {
  return toInstant(toMilliseconds(instant) + ms);
}

function aged(ms: number): Instant {
  return later(confirmedAt, ms);
}
