import { expect, test } from 'vitest';
import { tokenOf } from '../test/client.ts';
import { rememberAnswers } from './verifier-memory.ts';

function memoryOf({ rememberMs = 2000, capacity = 3 } = {}) {
  const memory = rememberAnswers<string>({ rememberMs, capacity });
  const keep = (answer: string, { number = 1, session = 1, askedAt = 0, now = 0 } = {}) =>
    memory.keep({ token: tokenOf(number, session), number, answer, askedAt }, now);
  return { memory, keep };
}

test('an answer is remembered from its question on, until the time is over', () => {
  const { memory, keep } = memoryOf();
  keep('good', { askedAt: 500, now: 1500 });
  expect(memory.recall(tokenOf(1), 2499)).toBe('good');
  expect(memory.recall(tokenOf(1), 2500)).toBeUndefined();
});

test('it is the answer about that token alone', () => {
  const { memory, keep } = memoryOf();
  keep('good', { number: 2 });
  const token = tokenOf(2);
  for (const other of [tokenOf(1), tokenOf(3), tokenOf(2, 2), `${token.slice(0, -1)}Q`, token.slice(0, 80), '']) {
    expect(memory.recall(other, 0), other).toBeUndefined();
  }
  expect(memory.recall(token, 0)).toBe('good');
});

test('of a session the newest token is remembered, until it is too old to be', () => {
  const { memory, keep } = memoryOf();
  keep('two', { number: 2 });
  keep('one', { number: 1 });
  expect([memory.recall(tokenOf(2), 0), memory.recall(tokenOf(1), 0)]).toEqual(['two', undefined]);
  keep('one', { number: 1, askedAt: 2000, now: 2000 });
  expect([memory.recall(tokenOf(2), 2000), memory.recall(tokenOf(1), 2000)]).toEqual([undefined, 'one']);
});

test('what was asked about longest ago makes room', () => {
  const { memory, keep } = memoryOf({ capacity: 3 });
  for (const session of [1, 2, 3, 1, 4]) keep(String(session), { session });
  expect([1, 2, 3, 4].map((session) => memory.recall(tokenOf(1, session), 0))).toEqual(['1', undefined, '3', '4']);
});

test.each([{ rememberMs: 0 }, { capacity: 0 }])('with %j nothing is remembered', (limits) => {
  const { memory, keep } = memoryOf(limits);
  keep('good');
  expect(memory.recall(tokenOf(1), 0)).toBeUndefined();
});

test('a session can be forgotten, and all of them', () => {
  const { memory, keep } = memoryOf();
  for (const session of [1, 2, 3]) keep(String(session), { session });
  memory.forget(tokenOf(1, 2).slice(41, 77));
  expect([1, 2, 3].map((session) => memory.recall(tokenOf(1, session), 0))).toEqual(['1', undefined, '3']);
  memory.clear();
  expect([1, 3].map((session) => memory.recall(tokenOf(1, session), 0))).toEqual([undefined, undefined]);
});
