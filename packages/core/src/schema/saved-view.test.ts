import { expect, test } from 'vitest';
import { usualColumns } from '../list-column.ts';
import { SavedViewRequest } from './saved-view.ts';

test('a view needs no more than a name', () => {
  expect(SavedViewRequest.parse({ name: ' Night shift ' })).toEqual({
    name: 'Night shift',
    search: '',
    status: 'all',
    sort: '-createdAt',
    columns: usualColumns,
    isShared: false,
  });
});

test.each([
  [{}, 'name'],
  [{ name: ' ' }, 'name'],
  [{ name: 'n'.repeat(81) }, 'name'],
  [{ name: 'a\u202Eb' }, 'name'],
  [{ name: 'n', search: 'x '.repeat(33) }, 'search'],
  [{ name: 'n', sort: 'colour' }, 'sort'],
  [{ name: 'n', columns: [] }, 'columns'],
  [{ name: 'n', columns: ['duration', 'duration'] }, 'columns'],
  [{ name: 'n', columns: ['tokenSalt'] }, 'columns'],
  [{ name: 'n', isShared: 'yes' }, 'isShared'],
])('%j is refused', (request, member) => {
  expect(SavedViewRequest.safeParse(request).error?.issues.map(({ path }) => path[0])).toEqual([member]);
});
