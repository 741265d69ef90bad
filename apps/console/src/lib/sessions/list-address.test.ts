import { SavedViewRequest } from '@rollcall/core/schema/saved-view';
import { SessionListQuery } from '@rollcall/core/schema/session-list';
import { describe, expect, test } from 'vitest';
import { listAddress, terminateAddress, usualQuery, viewAt, writeQuery } from './list-address.ts';

test('what is usual is what the API takes for granted', () => {
  expect(usualQuery).toEqual({
    ...SessionListQuery.parse({}),
    columns: SavedViewRequest.parse({ name: 'Any' }).columns,
  });
});

describe('writeQuery', () => {
  test('writes nothing for the usual view', () => {
    expect(writeQuery(usualQuery)).toBe('');
  });

  test('writes whatever differs, so that it can be read again', () => {
    const query = {
      search: 'a&b=ü +%',
      status: 'active',
      sort: 'duration',
      page: 3,
      pageSize: 50,
      columns: ['duration', 'userEmail'],
    } as const;
    const written = new URLSearchParams(writeQuery(query));
    expect(Object.fromEntries(written)).toEqual({ ...query, page: '3', pageSize: '50', columns: 'duration,userEmail' });
  });
});

describe('listAddress', () => {
  const query = { ...usualQuery, search: 'ada', page: 3 };

  test('keeps the view where nothing is changed', () => {
    expect(listAddress(query)).toBe('/system/user-sessions?search=ada&page=3');
  });

  test.each([{ search: 'bob' }, { status: 'active' }, { sort: 'duration' }, { pageSize: 50 }] as const)(
    'leads to the first page with %j',
    (change) => {
      expect(new URL(listAddress(query, change), 'http://localhost').searchParams.has('page')).toBe(false);
    },
  );

  test('stays on its page where other columns are shown', () => {
    expect(listAddress(query, { columns: ['userEmail', 'endedAt'] })).toBe(
      '/system/user-sessions?search=ada&page=3&columns=userEmail%2CendedAt',
    );
  });

  test('leads to the page that is asked for', () => {
    expect(listAddress(query, { page: 4 })).toBe('/system/user-sessions?search=ada&page=4');
  });
});

test.each([
  usualQuery,
  {
    search: 'a&b=ü +%',
    status: 'inactive',
    sort: '-duration',
    page: 3,
    pageSize: 50,
    columns: ['duration', 'userEmail'],
  },
] as const)('the view at an address is the one that was written there: %j', (view) => {
  expect(viewAt(new URL(terminateAddress('x', view), 'http://localhost'))).toEqual(view);
});

test('a termination is asked for over the view that it was chosen from', () => {
  expect(terminateAddress('0190f2f0-7c1e-7aaa-8bbb-00000000000b', { ...usualQuery, page: 2 })).toBe(
    '/system/user-sessions/0190f2f0-7c1e-7aaa-8bbb-00000000000b/terminate?page=2',
  );
});
