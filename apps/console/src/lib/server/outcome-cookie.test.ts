import { expect, test } from 'vitest';
import { leaveOutcome, takeOutcome } from './outcome-cookie.ts';

const kinds = ['already-ended', 'terminated'];
const about = '0190f2f0-7c1e-7aaa-8bbb-00000000000b';

function jar(content?: string) {
  const kept = new Map<string, string>(content === undefined ? [] : [['outcome', content]]);
  return {
    get: (name: string) => kept.get(name),
    set: (name: string, value: string) => void kept.set(name, value),
    delete: (name: string) => void kept.delete(name),
  };
}

test('is told once', () => {
  const cookies = jar();
  leaveOutcome(cookies, { kind: 'already-ended', about });
  expect(takeOutcome(cookies, kinds)).toEqual({ kind: 'already-ended', about });
  expect(takeOutcome(cookies, kinds)).toBeUndefined();
});

test.each(['', 'nonsense', '<b>terminated</b> x'])('is not made up by a browser: %j', (content) => {
  expect(takeOutcome(jar(content), kinds)).toBeUndefined();
});
