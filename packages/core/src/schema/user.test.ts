import { describe, expect, test } from 'vitest';
import { Invitation, UserChange, UserListQuery } from './user.ts';

const email = 'ada@example.com';

describe('an invitation', () => {
  test('is for a person who may nothing, unless it says otherwise', () => {
    expect(Invitation.parse({ email })).toEqual({ email, accountType: 'person', role: 'member', permissions: [] });
  });

  test('has permissions each once, in one order', () => {
    const permissions = ['sessions:verify', 'users:manage', 'sessions:verify'];
    expect(Invitation.parse({ email, permissions }).permissions).toEqual(['users:manage', 'sessions:verify']);
  });

  test.for([{}, { email: 'ada' }, { email, role: 'owner' }, { email, permissions: ['all'] }, { email, userId: 'x' }])(
    'is refused: %j',
    (wrong) => expect(Invitation.safeParse(wrong).success).toBe(false),
  );
});

test('a change changes something, and nothing that is not to be changed', () => {
  expect(UserChange.parse({ isDisabled: true })).toEqual({ isDisabled: true });
  for (const wrong of [{}, { email }, { role: 'member', accountType: 'service' }]) {
    expect(UserChange.safeParse(wrong).success).toBe(false);
  }
});

test('a list of users has defaults', () => {
  const everybody = { search: '', status: 'all', role: 'all', accountType: 'all', page: 1, pageSize: 10 };
  expect(UserListQuery.parse({})).toEqual(everybody);
  expect(UserListQuery.safeParse({ status: 'gone' }).success).toBe(false);
});
