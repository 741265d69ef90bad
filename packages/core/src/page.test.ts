import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pageCount, pageOf } from './page.ts';

const list = ['a', 'b', 'c', 'd', 'e'];

describe('a page', () => {
  test.for([
    [1, 2, ['a', 'b']],
    [2, 2, ['c', 'd']],
    [3, 2, ['e']],
    [4, 2, []],
    [1_000_000_000, 100, []],
    [1, 5, list],
    [2, 5, []],
    [1, 100, list],
  ] as const)('number %d of pages of %d is %j', ([page, pageSize, expected]) => {
    expect(pageOf(list, page, pageSize)).toEqual(expected);
  });

  test('of an empty list is empty', () => {
    expect(pageOf([], 1, 10)).toEqual([]);
  });
});

test.for([
  [0, 10, 1],
  [1, 10, 1],
  [10, 10, 1],
  [11, 10, 2],
  [25, 10, 3],
  [25, 1, 25],
] as const)('%d in pages of %d are %d pages', ([total, pageSize, pages]) => {
  expect(pageCount(total, pageSize)).toBe(pages);
});

test('the pages together are the list, and after the last there is nothing', () => {
  fc.assert(
    fc.property(fc.array(fc.nat()), fc.integer({ min: 1, max: 12 }), (any, pageSize) => {
      const pages = Array.from({ length: pageCount(any.length, pageSize) }, (_, i) => pageOf(any, i + 1, pageSize));
      expect(pages.flat()).toEqual(any);
      expect(pages.slice(0, -1).every((page) => page.length === pageSize)).toBe(true);
      expect(pageOf(any, pages.length + 1, pageSize)).toEqual([]);
    }),
  );
});
