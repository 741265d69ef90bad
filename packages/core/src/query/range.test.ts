import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseCount } from './quantity.ts';
import { type Operand, parseRange } from './range.ts';

// A hundred is written `2c` and means all of 200 to 299, as a day means all its instants; `2x` stands for 200 alone, unless it stands alone.
function parseHundreds(text: string): Operand | undefined {
  const [, digit, unit] = /^(\d)([cx])$/.exec(text) ?? [];
  if (digit === undefined) return undefined;
  const start = Number(digit) * 100;
  return { start, after: unit === 'c' ? start + 100 : start + 1, end: start + 100 };
}

describe('a range', () => {
  test.for([
    ['2c', { from: 200, to: 300 }],
    ['>2c', { from: 300 }],
    ['>=2c', { from: 200 }],
    ['<2c', { to: 200 }],
    ['<=2c', { to: 300 }],
    ['2c..3c', { from: 200, to: 400 }],
    ['2c..2c', { from: 200, to: 300 }],
    ['2x', { from: 200, to: 300 }],
    ['>2x', { from: 201 }],
    ['>=2x', { from: 200 }],
    ['<2x', { to: 200 }],
    ['<=2x', { to: 201 }],
    ['2x..3x', { from: 200, to: 301 }],
    ['3c..2c', 'backward'],
    ['3x..2x', 'backward'],
    ['', 'unreadable'],
    ['>', 'unreadable'],
    ['>>2c', 'unreadable'],
    ['=2c', 'unreadable'],
    ['> 2c', 'unreadable'],
    ['..', 'unreadable'],
    ['2c..', 'unreadable'],
    ['..2c', 'unreadable'],
    ['>2c..3c', 'unreadable'],
    ['2c..3c..4c', 'unreadable'],
    ['2c\n', 'unreadable'],
  ] as const)('%j is %j', ([text, range]) => {
    expect(parseRange(text, parseHundreds)).toEqual(range);
  });

  test('and its opposite share no number and leave none out', () => {
    fc.assert(
      fc.property(fc.nat(20), fc.nat(20), (bound, number) => {
        const within = (text: string) => isWithin(text, number);
        expect(within(`>${bound}`)).toBe(!within(`<=${bound}`));
        expect(within(`<${bound}`)).toBe(!within(`>=${bound}`));
        expect(within(`${bound}`)).toBe(within(`>=${bound}`) && within(`<=${bound}`));
        expect(within(`${bound}..${bound + 3}`)).toBe(within(`>=${bound}`) && within(`<=${bound + 3}`));
      }),
    );
  });
});

function isWithin(text: string, number: number): boolean {
  const range = parseRange(text, parseCount);
  if (typeof range === 'string') throw new Error(`${text} is ${range}`);
  return (range.from ?? 0) <= number && number < (range.to ?? Number.POSITIVE_INFINITY);
}
