import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nearNow, now } from '../test/sessions.ts';
import { isActiveAt } from './lifetime.ts';
import { type Actor, maySeeSession } from './permission.ts';
import { Permission } from './schema/user.ts';
import { judgeTermination, type TerminationSubject } from './termination.ts';

const member: Actor = { organizationId: 'acme', requestId: 'here', userId: 'ada', permissions: [] };
const administrator: Actor = { ...member, permissions: Permission.options };
const others: Actor = { ...member, permissions: ['audit:read', 'integrations:manage', 'sessions:verify'] };

const grace: TerminationSubject = {
  organizationId: 'acme',
  requestId: 'there',
  userId: 'grace',
  expiresAt: '2026-11-24T00:00:00.000Z',
};
const elsewhere = { ...grace, userId: 'ada' };
const current = { ...elsewhere, requestId: 'here' };
const foreign = { ...grace, organizationId: 'umbrella' };
const expired = { ...grace, expiresAt: now };
const ended = { ...grace, endedAt: '2026-11-23T09:00:00.000Z' };

describe('allowed is to end', () => {
  test.for([
    ['one’s current session', member, current, 'current', 'actor-signed-out'],
    ['one’s own, elsewhere', member, elsewhere, 'own', 'owner-signed-out'],
    ['one’s current session, as an administrator', administrator, current, 'current', 'actor-signed-out'],
    ['one’s own, elsewhere, as an administrator', administrator, elsewhere, 'own', 'owner-signed-out'],
    ['anybody’s, as an administrator', administrator, grace, 'another', 'owner-signed-out'],
  ] as const)('%s', ([, actor, session, whose, consequence]) => {
    expect(judgeTermination(actor, session, now)).toEqual({ allowed: true, whose, consequence });
  });
});

describe('refused is to end', () => {
  test.for([
    ['nothing', administrator, undefined, 'not-found'],
    ['another organization’s', administrator, foreign, 'not-found'],
    ['nothing, as a member: it could be anything', member, undefined, 'forbidden'],
    ['another organization’s, as a member', member, foreign, 'forbidden'],
    ['another’s, as a member', member, grace, 'forbidden'],
    ['another’s, with every other permission', others, grace, 'forbidden'],
    ['another’s that has ended, as a member', member, ended, 'forbidden'],
    ['what expires at this instant', administrator, expired, 'not-active'],
    ['what has ended', administrator, ended, 'not-active'],
    ['one’s own that has ended', member, { ...ended, userId: 'ada' }, 'not-active'],
    ['one’s current that has expired', member, { ...current, expiresAt: now }, 'not-active'],
    ['one’s own id in another organization', member, { ...current, organizationId: 'umbrella' }, 'forbidden'],
  ] as const)('%s', ([, actor, session, reason]) => {
    expect(judgeTermination(actor, session, now)).toEqual({ allowed: false, reason });
  });
});

test('an instant before it expires, a session can still be ended', () => {
  const last = { ...grace, expiresAt: '2026-11-23T09:42:19.001Z' };
  expect(judgeTermination(administrator, last, now).allowed).toBe(true);
});

describe('of any actor and session', () => {
  const organizationId = fc.constantFrom('acme', 'umbrella');
  const userId = fc.constantFrom('ada', 'grace');
  const requestId = fc.constantFrom('here', 'there');
  const actor = fc.record({ organizationId, userId, requestId, permissions: fc.subarray(Permission.options) });
  const subject = fc.record(
    { organizationId, userId, requestId, expiresAt: nearNow, endedAt: nearNow },
    { requiredKeys: ['organizationId', 'userId', 'requestId', 'expiresAt'] },
  );

  test('what is allowed is visible, active and in the same organization', () => {
    fc.assert(
      fc.property(actor, subject, (any, session) => {
        const reachable = session.organizationId === any.organizationId && maySeeSession(any, session);
        expect(judgeTermination(any, session, now).allowed).toBe(reachable && isActiveAt(session, now));
      }),
    );
  });

  test('without users:manage nobody can tell another’s session from none', () => {
    fc.assert(
      fc.property(subject, (session) => {
        fc.pre(session.organizationId !== member.organizationId || session.userId !== member.userId);
        expect(judgeTermination(member, session, now)).toEqual(judgeTermination(member, undefined, now));
      }),
    );
  });

  test('not even whoever manages users can tell another organization’s session from none', () => {
    fc.assert(
      fc.property(subject, (session) => {
        const away = { ...session, organizationId: 'umbrella' };
        expect(judgeTermination(administrator, away, now)).toEqual(judgeTermination(administrator, undefined, now));
      }),
    );
  });

  test('the actor is signed out exactly by ending their current session', () => {
    fc.assert(
      fc.property(actor, subject, (any, session) => {
        const verdict = judgeTermination(any, session, now);
        fc.pre(verdict.allowed);
        const isCurrent = session.requestId === any.requestId;
        expect(verdict).toMatchObject({ consequence: isCurrent ? 'actor-signed-out' : 'owner-signed-out' });
      }),
    );
  });
});
