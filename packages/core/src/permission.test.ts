import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { may, mayKeepView, maySeeSession, permissionsOf } from './permission.ts';
import { Permission } from './schema/user.ts';

const some = fc.subarray([...Permission.options]);
const actor = { organizationId: 'o', requestId: 'r', userId: 'ada' };

describe('permissions', () => {
  test('of an administrator are all that there are', () => {
    expect(permissionsOf({ role: 'administrator', permissions: [] })).toEqual(Permission.options);
    expect(permissionsOf({ role: 'administrator', permissions: ['audit:read'] })).toEqual(Permission.options);
  });

  test('of a member are those given, each once, in one order', () => {
    expect(permissionsOf({ role: 'member', permissions: [] })).toEqual([]);
    const permissions = ['sessions:verify', 'users:manage', 'sessions:verify'] as const;
    expect(permissionsOf({ role: 'member', permissions: [...permissions] })).toEqual([
      'users:manage',
      'sessions:verify',
    ]);
  });

  test('of a session that was begun with a key are no wider than the key, nor than the user', () => {
    fc.assert(
      fc.property(some, some, (permissions, within) => {
        expect(permissionsOf({ role: 'administrator', permissions, within })).toEqual(within);
        const both = permissions.filter((permission) => within.includes(permission));
        expect(permissionsOf({ role: 'member', permissions, within })).toEqual(both);
      }),
    );
  });

  test('allow what they name and nothing else', () => {
    fc.assert(
      fc.property(some, fc.constantFrom(...Permission.options), (permissions, permission) => {
        expect(may({ permissions }, permission)).toBe(permissions.includes(permission));
      }),
    );
  });
});

describe('who sees a session', () => {
  test.for([
    ['ada', [], true, 'its own user'],
    ['grace', [], false, 'not another user'],
    ['grace', ['users:manage'], true, 'whoever manages users'],
    [
      'grace',
      ['audit:read', 'integrations:manage', 'sessions:verify'],
      false,
      'not whoever has every other permission',
    ],
  ] as const)('of %s with %j: %s (%s)', ([userId, permissions, seen]) => {
    expect(maySeeSession({ ...actor, permissions }, { userId })).toBe(seen);
  });
});

test('one’s own views are kept by anybody, shared ones by whoever manages users', () => {
  const kept = (permissions: Permission[]) =>
    [false, true].map((isShared) => mayKeepView({ ...actor, permissions }, { isShared }));
  expect(kept(['audit:read'])).toEqual([true, false]);
  expect(kept(['users:manage'])).toEqual([true, true]);
});
