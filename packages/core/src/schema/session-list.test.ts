import { describe, expect, test } from 'vitest';
import { sortFields } from '../order.ts';
import { SearchText, SessionListQuery, SessionListRequest, SessionSort } from './session-list.ts';

describe('the query of a list', () => {
  test('has a default for every member', () => {
    expect(SessionListQuery.parse({})).toEqual({
      search: '',
      status: 'all',
      sort: '-createdAt',
      page: 1,
      pageSize: 10,
    });
  });

  test('is read from an address, where numbers are text', () => {
    const asked = { search: 'ada 192.0.2', status: 'active', sort: 'duration', page: '1000000000', pageSize: '100' };
    expect(SessionListQuery.parse(asked)).toEqual({ ...asked, page: 1_000_000_000, pageSize: 100 });
  });

  test.for([
    ['pageSize', '0'],
    ['pageSize', '-1'],
    ['pageSize', '1.5'],
    ['pageSize', '101'],
    ['pageSize', '1000000000'],
    ['pageSize', ''],
    ['pageSize', 'ten'],
    ['pageSize', 'NaN'],
    ['pageSize', 'Infinity'],
    ['pageSize', ['10', '20']],
    ['page', '0'],
    ['page', '-1'],
    ['page', '1.5'],
    ['page', '1000000001'],
    ['page', '9007199254740993'],
    ['page', ''],
    ['page', 'last'],
    ['page', ['1', '2']],
    ['status', 'Active'],
    ['status', ''],
    ['status', ['active', 'inactive']],
    ['sort', 'password'],
    ['sort', '--createdAt'],
    ['sort', '+createdAt'],
    ['sort', ''],
    ['sort', ['createdAt', 'createdAt']],
    ['search', 'a\0b'],
    ['search', 'a\nb'],
    ['search', 'a'.repeat(2001)],
    ['search', Array(33).fill('a').join(' ')],
    ['search', ['ada', 'grace']],
  ] as const)('refuses %s=%j and names the member', ([member, value]) => {
    const { error } = SessionListQuery.safeParse({ [member]: value });
    expect(new Set(error?.issues.flatMap(({ path }) => path))).toEqual(new Set([member]));
  });

  test('takes the first page, and pages of one', () => {
    expect(SessionListQuery.parse({ page: '1', pageSize: '1' })).toMatchObject({ page: 1, pageSize: 1 });
  });

  test('refuses a member that is not known', () => {
    const { error } = SessionListQuery.safeParse({ pagesize: '10' });
    expect(error?.issues).toMatchObject([{ code: 'unrecognized_keys', keys: ['pagesize'] }]);
  });

  test.for([['a'.repeat(2000)], [Array(32).fill('a').join(' ')], ['  '], ['% _ \\ : - " ( ) OR']])(
    'takes the search %j',
    ([search]) => {
      expect(SessionListQuery.parse({ search }).search).toBe(search);
    },
  );
});

test('a list is sorted by any field, both ways', () => {
  expect(new Set<string>(SessionSort.options)).toEqual(new Set(sortFields.flatMap((field) => [field, `-${field}`])));
});

describe('what comes after a page', () => {
  const cursor = '2026-11-23T09:42:19.000Z_019346c4-1f2b-7000-8000-000000000001';

  test.each([
    [{}, ''],
    [{ cursor: '' }, ''],
    [{ cursor }, cursor],
    [{ cursor, sort: 'createdAt', page: '1' }, cursor],
  ])('%j is after %j', (asked, expected) => {
    expect(SessionListRequest.parse(asked).cursor).toBe(expected);
  });

  test.each([
    [{ cursor: 'nonsense' }, 'cursor'],
    [{ cursor, sort: 'lastActivity' }, 'cursor'],
    [{ cursor, page: '2' }, 'page'],
  ])('%j is refused', (asked, member) => {
    const { error } = SessionListRequest.safeParse(asked);
    expect(error?.issues.map(({ path }) => path)).toEqual([[member]]);
  });
});

test('a search that is too long is told so once', () => {
  for (const tooLong of ['a'.repeat(2001), '\u{1F600}'.repeat(1001)]) {
    expect(SearchText.safeParse(tooLong).error?.issues.map(({ message }) => message)).toEqual([
      'A search has at most 2,000 characters.',
    ]);
  }
  expect(SearchText.safeParse('a '.repeat(33)).error?.issues.map(({ message }) => message)).toEqual([
    'A search has at most 32 terms.',
  ]);
});
