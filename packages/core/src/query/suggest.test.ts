import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hostileText } from '../../test/hostile-text.ts';
import { operatorNamed, operators } from './operators.ts';
import { suggestAt } from './suggest.ts';

const everyName = operators.map(({ name }) => `${name}:`).join(' ');

describe('with the caret at ^, what fits is', () => {
  test.for([
    ['^', everyName],
    ['ada ^', everyName],
    ['ada ^ grace', everyName],
    ['(^)', everyName],
    ['-^', everyName],
    ['-(^', everyName],
    ['a OR ^', everyName],
    ['a^', 'agent: auth: account: activity:'],
    ['A^', 'agent: auth: account: activity:'],
    ['-(ac^', 'account: activity:'],
    ['ac^xyz', 'account: activity:'],
    ['status^', 'status:'],
    ['st^atus:active', ''],
    ['status^:active', ''],
    ['c^lient:api', 'created: concurrent:'],
    ['status:^', 'active inactive'],
    ['status:in^', 'inactive'],
    ['STATUS:IN^', 'inactive'],
    ['status:^active', 'inactive'],
    ['status:active^', ''],
    ['status:active|^', 'inactive'],
    ['ended:t^|signed-out', 'terminated token-reuse'],
    ['ended:terminated|t^', 'token-reuse'],
    ['x ended:terminated|i^|token-reuse y|z', 'idle-timeout'],
    ['idle:>^', '>30m >1h >8h >1d'],
    ['ip:1^', '10.0.0.0/8 172.16.0.0/12 192.168.0.0/16'],
    ['user:^', ''],
    ['status:"^', ''],
    ['^ada', ''],
    ['-^ada', ''],
    ['"a^', ''],
    ['"a"^', ''],
    ['a OR^', ''],
    ['(a)^', ''],
    ['xyz^', ''],
    ['https:^', ''],
    [`${'x'.repeat(2000)} ^`, ''],
  ] as const)('%s: %s', ([marked, expected]) => {
    const caret = marked.indexOf('^');
    const { suggestions } = suggestAt(marked.replace('^', ''), caret);
    expect(suggestions.map(({ text }) => text).join(' ')).toBe(expected);
  });
});

describe('what is chosen takes the place of what was begun', () => {
  test.for([
    ['ada st^', 'ada status:'],
    ['ada -st^ x', 'ada -status: x'],
    ['c^lient:api', 'created:api'],
    ['status:in^ x', 'status:inactive x'],
    ['ended:t^xyz|signed-out', 'ended:terminated|signed-out'],
    ['ended:t^x y|z', 'ended:terminated y|z'],
    ['-^', '-user:'],
    ['ada ^', 'ada user:'],
  ] as const)('%s: %s', ([marked, expected]) => {
    const text = marked.replace('^', '');
    const { start, end, suggestions } = suggestAt(text, marked.indexOf('^'));
    expect(text.slice(0, start) + suggestions[0]?.text + text.slice(end)).toBe(expected);
  });
});

test('a caret beyond the text is at its end', () => {
  expect(suggestAt('sta', 99)).toEqual(suggestAt('sta', 3));
  expect(suggestAt('sta', -1)).toEqual(suggestAt('sta', 0));
});

test('an operator comes with its description', () => {
  const description = operatorNamed('status')?.description;
  expect(suggestAt('sta', 3).suggestions).toEqual([{ text: 'status:', description }]);
});

test('whatever the text and the caret, the place lies around the caret', () => {
  fc.assert(
    fc.property(hostileText, fc.nat(80), (text, caret) => {
      const { start, end } = suggestAt(text, caret);
      const at = Math.min(caret, text.length);
      expect([start <= at, at <= end, start >= 0, end <= text.length]).toEqual([true, true, true, true]);
    }),
  );
});
