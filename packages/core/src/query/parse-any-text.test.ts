import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hostileText } from '../../test/hostile-text.ts';
import { printQuery, withoutPlaces } from '../../test/print-query.ts';
import { query } from '../../test/queries.ts';
import { now } from '../../test/sessions.ts';
import { maxSearchTerms } from '../search.ts';
import { maxQueryDepth, maxQueryLength, parseQuery } from './parse.ts';
import type { Query } from './syntax.ts';
import { tokensOf } from './tokens.ts';

describe('too much is one error, and where it begins', () => {
  test.for([
    ['10,000 characters', 'x'.repeat(10_000), 'too-long', maxQueryLength, 10_000],
    ['one character', 'x'.repeat(maxQueryLength + 1), 'too-long', maxQueryLength, maxQueryLength + 1],
    ['1,000 terms', 'x '.repeat(1000), 'too-many-terms', 64, 65],
    ['one term', `${'x '.repeat(maxSearchTerms)}user:ada`, 'too-many-terms', 64, 72],
    ['terms that come of folding one word', '\u00B4'.repeat(1000), 'too-many-terms', 0, 1000],
    ['500 parentheses', `${'('.repeat(500)}x${')'.repeat(500)}`, 'too-deep', maxQueryDepth, maxQueryDepth + 1],
    ['negated parentheses', '-('.repeat(500), 'too-deep', 2 * maxQueryDepth + 1, 2 * maxQueryDepth + 2],
  ] as const)('%s', ([, text, code, start, end]) => {
    const { tree, errors } = parseQuery(text, { now });
    expect(errors).toMatchObject([{ code, start, end }]);
    expect(withoutPlaces(tree)).toEqual({ kind: 'and', parts: [] });
  });

  test('as much as may be is none', () => {
    const deep = `${'('.repeat(maxQueryDepth)}x${')'.repeat(maxQueryDepth)}`;
    const longest = 'x'.repeat(maxQueryLength);
    for (const text of [deep, longest, 'x '.repeat(maxSearchTerms), '-'.repeat(maxQueryLength), '('.repeat(32)]) {
      expect(parseQuery(text, { now }).errors).toEqual([]);
    }
  });
});

// A hundred thousand characters take milliseconds once through, and minutes if each is looked at for each.
test.for([
  'x',
  ' ',
  '-',
  '"',
  '(',
  ')',
  '\\',
  'x(',
  'f(x) ',
  '"\\',
  '-(',
  'user:',
  'user:"',
  'OR ',
  'a:',
  '- ',
  '\u00B4',
])('no character is looked at more than a few times: %j', { timeout: 5000 }, (piece) => {
  const text = piece.repeat(100_000 / piece.length);
  expect([...tokensOf(text)].at(-1)?.at.end ?? text.length).toBeGreaterThanOrEqual(text.trimEnd().length);
  expect([...tokensOf(`${text}y`)].at(-1)?.at.end).toBe(text.length + 1);
});

describe('whatever the text', () => {
  test('it means something, and every error has its place', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const { tree, errors } = parseQuery(text, { now });
        for (const { start, end } of [...errors, ...placesOf(tree)]) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeLessThanOrEqual(text.length);
          expect(end - start).toBeGreaterThanOrEqual(text === '' ? 0 : 1);
        }
      }),
      { numRuns: 1000 },
    );
  });

  test('parts lie within their whole, from left to right', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        expectOrder(parseQuery(text, { now }).tree);
      }),
      { numRuns: 1000 },
    );
  });
});

test('a tree that is written down and read again is the same', () => {
  fc.assert(
    fc.property(query, (tree) => {
      const { tree: read, errors } = parseQuery(printQuery(tree), { now });
      expect(errors).toEqual([]);
      expect(withoutPlaces(read)).toEqual(withoutPlaces(tree));
    }),
    { numRuns: 500 },
  );
});

function partsOf(tree: Query): readonly Query[] {
  if (tree.kind === 'and' || tree.kind === 'or') return tree.parts;
  return tree.kind === 'not' ? [tree.part] : [];
}

function placesOf(tree: Query): Query['at'][] {
  return [tree.at, ...partsOf(tree).flatMap(placesOf)];
}

function expectOrder(tree: Query): void {
  let { start } = tree.at;
  for (const part of partsOf(tree)) {
    expect(part.at.start).toBeGreaterThanOrEqual(start);
    expect(part.at.end).toBeLessThanOrEqual(tree.at.end);
    // one word may fold to several that share its place
    start = part.at.start;
    expectOrder(part);
  }
}
