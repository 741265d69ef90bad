import { describe, expect, test } from 'vitest';
import type { Permission } from './schema/user.ts';
import {
  isTrustedWith,
  judgeProvider,
  judgeSignOn,
  type KnownUser,
  roleByGroups,
  type SignOnFacts,
} from './single-sign-on.ts';

const everything: Permission[] = ['users:manage', 'audit:read', 'integrations:manage', 'sessions:verify'];
const plain = {
  issuer: 'https://login.example.com',
  clientId: 'rollcall',
  groupClaim: null,
  administratorGroups: [],
  trustedWith: everything,
};
const withGroups = { ...plain, groupClaim: 'groups', administratorGroups: ['admins', 'owners'] };
const integrator = { permissions: ['integrations:manage', 'audit:read'] satisfies Permission[] };
const administrator = { permissions: everything };

describe('a provider', () => {
  test('takes the permission to manage integrations', () => {
    const others = { permissions: everything.filter((one) => one !== 'integrations:manage') };
    expect(judgeProvider(others, plain, undefined)).toEqual({ allowed: false, reason: 'forbidden' });
    expect(judgeProvider(others, plain, plain)).toEqual({ allowed: false, reason: 'forbidden' });
  });

  test('is trusted with what whoever chose it may do', () => {
    expect(judgeProvider(administrator, plain, undefined)).toEqual({ allowed: true, trustedWith: everything });
    const { permissions: trustedWith } = integrator;
    expect(judgeProvider(integrator, plain, undefined)).toEqual({ allowed: true, trustedWith });
  });

  test.each([{ issuer: 'https://evil.example.com' }, { clientId: 'another' }, { groupClaim: 'roles' }])(
    'that becomes %j is trusted anew; one that stays is trusted as before',
    (change) => {
      const { permissions: trustedWith } = integrator;
      expect(judgeProvider(integrator, { ...plain, ...change }, plain)).toEqual({ allowed: true, trustedWith });
      expect(judgeProvider(integrator, plain, plain)).toEqual({ allowed: true, trustedWith: everything });
    },
  );

  test('that makes administrators is an administrator’s to choose and to exchange', () => {
    const refused = { allowed: false, reason: 'beyond-own' };
    expect(judgeProvider(integrator, withGroups, undefined)).toEqual(refused);
    expect(judgeProvider(integrator, withGroups, plain)).toEqual(refused);
    expect(judgeProvider(integrator, { ...withGroups, issuer: 'https://evil.example.com' }, withGroups)).toEqual(
      refused,
    );
    expect(judgeProvider(integrator, { ...withGroups, administratorGroups: ['admins', 'all'] }, withGroups)).toEqual(
      refused,
    );
    expect(judgeProvider(administrator, withGroups, plain)).toEqual({ allowed: true, trustedWith: everything });
    const reordered = { ...withGroups, administratorGroups: ['owners', 'admins'] };
    expect(judgeProvider(integrator, reordered, withGroups)).toEqual({ allowed: true, trustedWith: everything });
    const fewer = { permissions: trustedWithout(everything) };
    expect(judgeProvider(fewer, withGroups, undefined)).toEqual(refused);
  });

  test('lets in whoever may do no more than it is trusted with', () => {
    const trusted = { trustedWith: integrator.permissions };
    expect(isTrustedWith(trusted, { role: 'member', permissions: [] })).toBe(true);
    expect(isTrustedWith(trusted, { role: 'member', permissions: ['audit:read'] })).toBe(true);
    expect(isTrustedWith(trusted, { role: 'member', permissions: ['users:manage'] })).toBe(false);
    expect(isTrustedWith(trusted, { role: 'administrator', permissions: [] })).toBe(false);
    expect(isTrustedWith(plain, { role: 'administrator', permissions: [] })).toBe(true);
  });
});

function trustedWithout(permissions: readonly Permission[]): Permission[] {
  return permissions.filter((one) => one !== 'sessions:verify');
}

const person: KnownUser = {
  role: 'member',
  permissions: [],
  accountType: 'person',
  isDisabled: false,
  isRemoved: false,
};
const nobody: SignOnFacts = { bound: undefined, verifiedEmail: 'ada@example.com', byEmail: undefined };
const domains = { emailDomains: ['example.com', 'example.org'] };

describe('somebody of whom the provider tells', () => {
  const refused = (reason: string) => ({ allowed: false, reason });

  test('is who they were before, whatever their e-mail says now', () => {
    const byEmail = { ...person, hasOtherAccount: true };
    for (const facts of [nobody, { ...nobody, verifiedEmail: undefined }, { ...nobody, byEmail }]) {
      expect(judgeSignOn({ emailDomains: [] }, { ...facts, bound: person })).toEqual({ allowed: true, as: 'bound' });
    }
    expect(judgeSignOn(domains, { ...nobody, bound: { ...person, isDisabled: true } })).toEqual(refused('disabled'));
  });

  test('is at first whoever has their e-mail, unless that is somebody else’s already', () => {
    const judge = (about: Partial<KnownUser>, hasOtherAccount = false) =>
      judgeSignOn(domains, { ...nobody, byEmail: { ...person, ...about, hasOtherAccount } });
    expect(judge({})).toEqual({ allowed: true, as: 'by-email' });
    expect(judge({}, true)).toEqual(refused('other-account'));
    expect(judge({ isDisabled: true })).toEqual(refused('disabled'));
    expect(judge({ accountType: 'service' })).toEqual(refused('not-invited'));
  });

  test('joins by a domain, in any case, but not by one below it', () => {
    const judge = (verifiedEmail: string | undefined) => judgeSignOn(domains, { ...nobody, verifiedEmail });
    for (const email of ['ada@example.com', 'ADA@EXAMPLE.ORG']) {
      expect(judge(email)).toEqual({ allowed: true, as: 'newcomer', email });
    }
    for (const email of ['ada@sub.example.com', 'ada@notexample.com', 'ada@com', 'example.com@evil.test']) {
      expect(judge(email), email).toEqual(refused('not-invited'));
    }
    expect(judge(undefined)).toEqual(refused('email-not-verified'));
  });

  test('comes back by invitation alone once they were removed', () => {
    const removed = { ...nobody, bound: { ...person, isDisabled: true, isRemoved: true } };
    expect(judgeSignOn(domains, removed)).toEqual(refused('disabled'));
    const invited = { ...removed, byEmail: { ...person, hasOtherAccount: false } };
    expect(judgeSignOn(domains, invited)).toEqual({ allowed: true, as: 'by-email' });
  });
});

test('groups mean a role where they are mapped, and nothing where they are not', () => {
  expect(roleByGroups(withGroups, ['x', 'owners'])).toBe('administrator');
  expect(roleByGroups(withGroups, ['Owners', 'owner'])).toBe('member');
  expect(roleByGroups(withGroups, [])).toBe('member');
  expect(roleByGroups(plain, ['admins'])).toBeUndefined();
  expect(roleByGroups({ ...withGroups, administratorGroups: [] }, ['admins'])).toBeUndefined();
});
