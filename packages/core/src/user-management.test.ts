import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { permissionsOf } from './permission.ts';
import { Permission, type Role } from './schema/user.ts';
import { judgeInvitation, judgeManagement, type ManagedUser, type UserManagement } from './user-management.ts';

const everything = { permissions: Permission.options };
const manager = { permissions: ['users:manage'] as Permission[] };
const member: ManagedUser = { role: 'member', permissions: [], accountType: 'person', isDisabled: false };
const administrator: ManagedUser = { ...member, role: 'administrator' };
const program: ManagedUser = { ...member, accountType: 'service' };
const demotion: UserManagement = { kind: 'rights', rights: member };

const some = fc.subarray([...Permission.options]);
const role = fc.constantFrom<Role>('administrator', 'member');
const rights = fc.record({ role, permissions: some });
const change = fc.oneof<fc.Arbitrary<UserManagement>[]>(
  fc.record({ kind: fc.constant('rights' as const), rights }),
  fc.record({
    kind: fc.constantFrom('disable' as const, 'enable' as const, 'remove' as const, 'reset-password' as const),
  }),
);
const subject = fc.record({
  role,
  permissions: some,
  accountType: fc.constant('person' as const),
  isDisabled: fc.boolean(),
});

function judged(
  asker: { permissions: Permission[] },
  about: ManagedUser,
  wanted: UserManagement,
  hasOtherAdministrator = true,
) {
  const verdict = judgeManagement(asker, { subject: about, change: wanted, hasOtherAdministrator });
  return verdict.allowed ? 'allowed' : verdict.reason;
}

describe('nobody', () => {
  test('gives or touches what they lack, and without users:manage nobody does anything', () => {
    fc.assert(
      fc.property(some, subject, change, fc.boolean(), (permissions, about, wanted, another) => {
        const asker = { permissions };
        const verdict = judgeManagement(asker, { subject: about, change: wanted, hasOtherAdministrator: another });
        if (!verdict.allowed) return;
        expect(permissions).toContain('users:manage');
        expect(permissions).toEqual(expect.arrayContaining(permissionsOf(about)));
        if (wanted.kind === 'rights') expect(permissions).toEqual(expect.arrayContaining(permissionsOf(wanted.rights)));
      }),
    );
  });

  test('takes the last administrator away, but may any other', () => {
    fc.assert(
      fc.property(subject, change, fc.boolean(), (about, wanted, another) => {
        const keeps = wanted.kind === 'enable' || (wanted.kind === 'rights' && wanted.rights.role === 'administrator');
        const isLast = about.role === 'administrator' && !about.isDisabled && !another;
        expect(judged(everything, about, wanted, another)).toBe(isLast && !keeps ? 'last-administrator' : 'allowed');
      }),
    );
  });
});

describe('whoever manages users', () => {
  test.for([
    ['disable', member, 'allowed'],
    ['reset-password', member, 'allowed'],
    ['remove', program, 'allowed'],
    ['reset-password', program, 'person-only'],
    ['disable', { ...member, permissions: ['audit:read'] }, 'beyond-own'],
    ['reset-password', administrator, 'beyond-own'],
  ] as const)('%s of %j: %s', ([kind, about, expected]) => {
    expect(judged(manager, { ...about, permissions: [...about.permissions] }, { kind })).toBe(expected);
  });

  test('who has every permission may make and unmake administrators, of people', () => {
    const promotion = (about: ManagedUser) => judged(everything, about, { kind: 'rights', rights: administrator });
    expect(promotion(member)).toBe('allowed');
    expect(promotion(program)).toBe('person-only');
    expect(judged(everything, administrator, demotion)).toBe('allowed');
    expect(judged(everything, administrator, demotion, false)).toBe('last-administrator');
  });
});

test.for([
  [manager, member, undefined],
  [manager, program, undefined],
  [manager, { ...member, permissions: ['audit:read'] }, 'beyond-own'],
  [manager, administrator, 'beyond-own'],
  [everything, administrator, undefined],
  [everything, { ...program, role: 'administrator' }, 'person-only'],
  [{ permissions: ['audit:read'] }, member, 'forbidden'],
] as const)('an invitation by %j for %j: %s', ([asker, { accountType, role: wanted, permissions }, reason]) => {
  const verdict = judgeInvitation({ permissions: [...asker.permissions] }, { accountType, role: wanted, permissions });
  expect(verdict).toEqual(reason ? { allowed: false, reason } : { allowed: true });
});
