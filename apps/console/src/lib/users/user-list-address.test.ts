import { expect, test } from 'vitest';
import { readUserView } from '../server/user-list-query.ts';
import {
  sameUsersAddress,
  sessionsOfAddress,
  userActionAddress,
  userAddress,
  usersAddress,
  usualUserView,
  viewAt,
} from './user-list-address.ts';

const view = { search: 'ada', status: 'invited', page: 3, pageSize: 50 } as const;

function read(address: string) {
  return readUserView(new URL(address, 'http://localhost').searchParams);
}

test('what is as usual is not written', () => {
  expect(usersAddress(usualUserView)).toBe('/system/users');
  expect(userAddress('x', usualUserView)).toBe('/system/users/x');
});

test('reads what it writes, and dialogs keep the list that lies below', () => {
  for (const address of [sameUsersAddress(view), userAddress('x', view), userActionAddress('x', 'remove', view)]) {
    expect(read(address)).toEqual(view);
    expect(viewAt(new URL(address, 'http://localhost'))).toEqual(view);
  }
});

test('what narrows the list leads to its first page', () => {
  expect(read(usersAddress(view, { search: 'grace' }))).toEqual({ ...view, search: 'grace', page: 1 });
});

test.each(['status=gone', 'page=0', 'pageSize=1000', 'search=', 'colour=blue'])('drops what is wrong: %s', (query) => {
  expect(read(`/?${query}`)).toEqual(usualUserView);
});

test('the sessions of one user are theirs alone, and active', () => {
  const { searchParams } = new URL(sessionsOfAddress('ada@example.com'), 'http://localhost');
  expect(Object.fromEntries(searchParams)).toEqual({ search: 'user:=ada@example.com', status: 'active' });
});
