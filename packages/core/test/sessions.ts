/** Sessions to try the rules on. Values are few, so that generated sessions meet in all the ways that matter. */
import fc from 'fast-check';
import { type Instant, toInstant, toMilliseconds } from '../src/instant.ts';
import type { Session } from '../src/schema/session.ts';

export const now: Instant = '2026-11-23T09:42:19.000Z';

/** An unremarkable session with some members of one's own. */
export function sessionWith(members: Partial<Session> = {}): Session {
  return {
    requestId: 'a1a1a1a1-0000-4000-8000-000000000001',
    userId: 'b2b2b2b2-0000-4000-8000-000000000001',
    userEmail: 'ada@example.com',
    sessionName: 'Chrome on macOS',
    ipAddress: '192.0.2.7',
    userAgent: 'Mozilla/5.0',
    lastIpAddress: '192.0.2.7',
    lastUserAgent: 'Mozilla/5.0',
    isActive: true,
    createdAt: '2026-11-23T08:00:00.000Z',
    lastActivity: '2026-11-23T09:00:00.000Z',
    clientType: 'console',
    authMethod: 'password',
    accountType: 'person',
    expiresAt: '2026-11-24T09:00:00.000Z',
    isCurrent: false,
    ...members,
  };
}

/** Years before and after `now`, its closest neighbours, and `now` itself. */
export const nearNow: fc.Arbitrary<Instant> = fc
  .oneof(fc.integer({ min: -1, max: 1 }), fc.integer({ min: -100_000, max: 100_000 }), fc.integer())
  .map((milliseconds) => toInstant(toMilliseconds(now) + milliseconds));

/** Letters that change length with case, wildcards of SQL, marks that combine, characters on both sides of the surrogates. */
export const word: fc.Arbitrary<string> = fc.string({
  unit: fc.constantFrom(...'aAbB7ßẞİıΣσςéＡﬁ%_\\:-"\'.@\u0301\u{1F600}\uE000\uFFFD'),
  maxLength: 5,
});

const addresses = [
  '9.9.9.9',
  '10.0.0.1',
  '192.0.2.7',
  '192.0.2.70',
  '::',
  '::1',
  '::102:304',
  '2001:db8::10',
  'ffff::',
];

export const session: fc.Arbitrary<Session> = fc
  .record({
    requestId: fc.uuid(),
    userId: fc.constantFrom('b2b2b2b2-0000-4000-8000-000000000001', 'b2b2b2b2-0000-4000-8000-000000000002'),
    userEmail: word,
    sessionName: word,
    ipAddress: fc.constantFrom(...addresses),
    userAgent: word,
    isActive: fc.boolean(),
    createdAt: nearNow,
    lastActivity: nearNow,
    expiresAt: nearNow,
    ended: fc.option(fc.record({ endedAt: nearNow, endReason: fc.constant('terminated' as const) }), {
      nil: undefined,
    }),
  })
  .map(({ ended, ...members }) => sessionWith({ ...members, ...ended }));

/** Any number of sessions; no two have one id. */
export const sessions: fc.Arbitrary<Session[]> = fc.uniqueArray(session, { selector: ({ requestId }) => requestId });

export function idsOf(list: readonly Session[]): string[] {
  return list.map(({ requestId }) => requestId);
}
