import { expect, test } from 'vitest';
import { usualQuery, writeQuery } from '#lib/sessions/list-address.ts';
import { readQuery } from './list-query.ts';

function read(search: string) {
  return readQuery(new URLSearchParams(search));
}

test('reads what the list writes', () => {
  const query = {
    search: 'ada 192.0.2 %_\\',
    status: 'inactive',
    sort: '-lastActivity',
    page: 7,
    pageSize: 100,
    columns: ['duration', 'userEmail'],
  } as const;
  expect(read(writeQuery(query))).toEqual(query);
});

test('takes the usual view where nothing is said', () => {
  expect(read('')).toEqual(usualQuery);
});

test.each([
  'search=',
  'search=%20%20',
  'search=%00',
  'status=asleep',
  'sort=password',
  'page=0',
  'page=-1',
  'page=1.5',
  'page=one',
  'page=1e99',
  'pageSize=0',
  'pageSize=101',
  'columns=',
  'columns=userEmail,userEmail',
  'columns=password',
  'colour=blue',
  '__proto__=1',
])('drops what is empty, unknown or wrong: %s', (search) => {
  expect(read(search)).toEqual(usualQuery);
});

test.each(['a'.repeat(2001), 'a '.repeat(33).trim()])(
  'keeps a search that asks for too much, so that it is told',
  (text) => {
    expect(read(`search=${text}`)).toEqual({ ...usualQuery, search: text });
  },
);

test('keeps the rest when one thing is wrong', () => {
  expect(read('page=nowhere&status=active')).toEqual({ ...usualQuery, status: 'active' });
});

test('reads a search without the space around it', () => {
  expect(read('search=+ada++')).toEqual({ ...usualQuery, search: 'ada' });
});
