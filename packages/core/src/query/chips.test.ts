import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hostileText } from '../../test/hostile-text.ts';
import { printQuery, withoutPlaces } from '../../test/print-query.ts';
import { query } from '../../test/queries.ts';
import { now } from '../../test/sessions.ts';
import { chipsOf, withoutChip } from './chips.ts';
import { parseQuery } from './parse.ts';

describe('the chips', () => {
  test.for([
    ['', []],
    ['  ', []],
    ['()', []],
    ['ada', ['ada']],
    ['  Ada  "Night shift" ', ['Ada', '"Night shift"']],
    ['a\u00B4b c', ['a\u00B4b', 'c']],
    ['a\u00B4b', ['a\u00B4b']],
    ['-ada', ['not ada']],
    ['-"a b" --c', ['not "a b"', '--c']],
    ['ip:10.0.0.0/8 -Status:active', ['IP address: 10.0.0.0/8', 'not Status: active']],
    ['user:"Ada L" activity:<1h', ['User: "Ada L"', 'Last activity: <1h']],
    ['a OR b', ['a OR b']],
    ['a b OR c', ['a b OR c']],
    ['user:a OR b', ['user:a OR b']],
    ['x (a OR user:b)', ['x', '(a OR user:b)']],
    ['(a b)', ['(a b)']],
    ['(a b) c', ['(a b)', 'c']],
    ['(user:ada) -(user:ada)', ['(user:ada)', 'not (user:ada)']],
    ['-(a b', ['not (a b']],
    ['ada ip:/ status:', ['ada']],
    ['ip:/', []],
    ['x '.repeat(100), []],
  ] as const)('of %j: %j', ([text, labels]) => {
    expect(chipsOf(parseQuery(text, { now })).map(({ label }) => label)).toEqual(labels);
  });

  test('hold what was written, and where', () => {
    const text = ' ada  -(user:"a b") ';
    const chips = chipsOf(parseQuery(text, { now }));
    expect(chips).toMatchObject([
      { text: 'ada', start: 1, end: 4 },
      { text: '-(user:"a b")', start: 6, end: 19 },
    ]);
  });

  test.for([
    ['a b c', 1, 'a c'],
    [' a  b ', 0, 'b '],
    ['a', 0, ''],
    ['a "b c" d', 1, 'a d'],
    ['x (a OR b', 1, 'x'],
    ['a ip:/ b', 1, 'a ip:/'],
    ['"a""b"c', 1, '"a" c'],
    ['a "b ', 0, '"b '],
    ['a b', 1, 'a'],
  ] as const)('of %j without number %d: %j', ([text, index, rest]) => {
    const chip = chipsOf(parseQuery(text, { now }))[index] ?? { start: 0, end: 0 };
    expect(withoutChip(text, chip)).toBe(rest);
  });
});

describe('of any search', () => {
  const grouped = fc.array(query, { maxLength: 3 }).map((all) => all.map((one) => `(${printQuery(one)})`).join(' '));
  const texts = fc.oneof(query.map(printQuery), grouped, hostileText);

  test('the chips together mean what it means', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const parsed = parseQuery(text, { now });
        const together = chipsOf(parsed).map((chip) => chip.text);
        expect(withoutPlaces(parseQuery(together.join(' '), { now }).tree)).toEqual(withoutPlaces(parsed.tree));
      }),
      { numRuns: 500 },
    );
  });

  test('without a chip, the others are left', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const chips = chipsOf(parseQuery(text, { now }));
        for (const [index, chip] of chips.entries()) {
          const rest = chipsOf(parseQuery(withoutChip(text, chip), { now }));
          expect(rest.map((other) => other.text)).toEqual(chips.toSpliced(index, 1).map((other) => other.text));
        }
      }),
      { numRuns: 500 },
    );
  });
});
