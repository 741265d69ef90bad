import fc from 'fast-check';
import { expect, test } from 'vitest';
import { judgeApiKey, judgeRevocation, type KeyHolder, permissionsToGive } from './api-key.ts';
import { permissionsOf } from './permission.ts';
import { Permission } from './schema/user.ts';

const all = [...Permission.options];
const some = fc.subarray(all);
const person: KeyHolder = { userId: 'ada', role: 'member', permissions: ['audit:read'], accountType: 'person' };
const program: KeyHolder = { ...person, userId: 'robot', accountType: 'service' };
const asker = { userId: 'ada', permissions: ['audit:read'] as Permission[], isThroughKey: false };
const integrator = {
  userId: 'grace',
  permissions: ['integrations:manage', 'audit:read'] as Permission[],
  isThroughKey: false,
};

test.for([
  ['one’s own key, as wide as oneself', asker, person, ['audit:read'], undefined],
  ['one’s own key without permissions', asker, person, [], undefined],
  ['one’s own key, wider', asker, person, ['users:manage'], 'beyond-own'],
  ['one’s own key, from a session of a key', { ...asker, isThroughKey: true }, person, [], 'through-key'],
  ['a program’s key', integrator, program, ['audit:read'], undefined],
  ['a program’s key, wider than the program', integrator, program, ['integrations:manage'], 'beyond-user'],
  ['a program’s key, of one who may do more', integrator, { ...program, permissions: all }, [], 'beyond-own'],
  ['a program’s key, without the permission', { ...integrator, permissions: ['audit:read'] }, program, [], 'forbidden'],
  ['another person’s key', integrator, person, [], 'service-only'],
] as const)('%s', ([, actor, holder, permissions, reason]) => {
  const verdict = judgeApiKey(
    { ...actor, permissions: [...actor.permissions] },
    { ...holder, permissions: [...holder.permissions] },
    permissions,
  );
  expect(verdict).toEqual(reason ? { allowed: false, reason } : { allowed: true });
});

test('no key is wider than its maker or its user, whoever they are', () => {
  const isService = fc.constantFrom('person' as const, 'service' as const);
  fc.assert(
    fc.property(some, some, some, isService, fc.boolean(), (own, theirs, wanted, accountType, isOwn) => {
      const actor = { ...asker, permissions: own };
      const holder = { ...person, userId: isOwn ? 'ada' : 'grace', permissions: theirs, accountType };
      if (!judgeApiKey(actor, holder, wanted).allowed) return;
      expect(own).toEqual(expect.arrayContaining(wanted));
      expect(permissionsOf(holder)).toEqual(expect.arrayContaining(wanted));
    }),
  );
});

test('of what can be given each permission is allowed, and nothing else is', () => {
  const isService = fc.constantFrom('person' as const, 'service' as const);
  fc.assert(
    fc.property(some, some, isService, fc.boolean(), fc.boolean(), (own, theirs, accountType, isOwn, isThroughKey) => {
      const actor = { userId: 'ada', permissions: own, isThroughKey };
      const holder = { userId: isOwn ? 'ada' : 'x', role: 'member' as const, permissions: theirs, accountType };
      const offered = permissionsToGive(actor, holder);
      const isAllowed = (permission: Permission) => judgeApiKey(actor, holder, [permission]).allowed;
      expect(offered ?? []).toEqual(all.filter(isAllowed));
      expect(offered === undefined).toBe(!judgeApiKey(actor, holder, []).allowed);
    }),
  );
});

test('a person’s key may be taken back by whoever may do at least as much and manages integrations', () => {
  expect(judgeRevocation(integrator, person)).toEqual({ allowed: true });
  expect(judgeRevocation(asker, { ...person, userId: 'grace' })).toEqual({ allowed: false, reason: 'forbidden' });
});
