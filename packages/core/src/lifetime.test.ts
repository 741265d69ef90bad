import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nearNow, now, sessionWith } from '../test/sessions.ts';
import { toInstant, toMilliseconds } from './instant.ts';
import { expiresAt, isActiveAt, isAlive, lifetimeAt, type Span, timeoutsWithin } from './lifetime.ts';

const timeouts = { idleSeconds: 3600, absoluteSeconds: 86_400 };
const span: Span = { createdAt: '2026-11-23T08:00:00.000Z', lastActivity: '2026-11-23T09:00:00.000Z' };
const busy: Span = { createdAt: '2026-11-23T08:00:00.000Z', lastActivity: '2026-11-24T07:30:00.000Z' };
const both: Span = { createdAt: '2026-11-23T08:00:00.000Z', lastActivity: '2026-11-24T07:00:00.000Z' };
const skewed: Span = { createdAt: '2026-11-23T08:00:00.000Z', lastActivity: '2026-11-23T07:59:00.000Z' };

describe('a session runs out', () => {
  test.for([
    ['an idle time-out after its last activity', span, '2026-11-23T10:00:00.000Z', 'idle-timeout'],
    ['an absolute time-out after its creation, however busy', busy, '2026-11-24T08:00:00.000Z', 'absolute-timeout'],
    ['for the absolute one where both fall together', both, '2026-11-24T08:00:00.000Z', 'absolute-timeout'],
    ['an idle time-out after activity, also before its creation', skewed, '2026-11-23T08:59:00.000Z', 'idle-timeout'],
  ] as const)('%s', ([, lived, expiry, endReason]) => {
    expect(expiresAt(lived, timeouts)).toBe(expiry);
    expect(lifetimeAt(lived, timeouts, justBefore(expiry))).toEqual({ isActive: true, expiresAt: expiry });
    const over = { isActive: false, expiresAt: expiry, endedAt: expiry, endReason };
    expect(lifetimeAt(lived, timeouts, expiry)).toEqual(over);
    expect(lifetimeAt(lived, timeouts, '9999-12-31T23:59:59.999Z')).toEqual(over);
  });

  test('at the end of all instants, when its time-out is beyond that', () => {
    const endless = { idleSeconds: Number.MAX_SAFE_INTEGER, absoluteSeconds: Number.MAX_SAFE_INTEGER };
    expect(expiresAt(span, endless)).toBe('9999-12-31T23:59:59.999Z');
  });
});

describe('a session that was ended', () => {
  const ended = { endedAt: '2026-11-23T09:30:00.000Z', endReason: 'terminated' } as const;

  test('is inactive for its reason, at any instant', () => {
    const over = { isActive: false, expiresAt: '2026-11-23T10:00:00.000Z', ...ended };
    expect(lifetimeAt({ ...span, ...ended }, timeouts, '2026-11-23T09:15:00.000Z')).toEqual(over);
    expect(lifetimeAt({ ...span, ...ended }, timeouts, '2026-12-23T10:00:00.000Z')).toEqual(over);
  });

  test('has no reason where none was recorded', () => {
    const lifetime = lifetimeAt({ ...span, endedAt: ended.endedAt }, timeouts, now);
    expect(lifetime).toStrictEqual({ isActive: false, expiresAt: '2026-11-23T10:00:00.000Z', endedAt: ended.endedAt });
  });
});

describe('a session that was answered', () => {
  const answered = sessionWith({ expiresAt: now });

  test('is active before it expires, and not at that instant', () => {
    expect(isActiveAt(answered, justBefore(now))).toBe(true);
    expect(isActiveAt(answered, now)).toBe(false);
  });

  test('is inactive once ended, whatever else', () => {
    expect(isActiveAt({ ...answered, endedAt: '2026-11-23T09:00:00.000Z' }, justBefore(now))).toBe(false);
    expect(isActiveAt({ ...answered, endedAt: '9999-01-01T00:00:00.000Z' }, justBefore(now))).toBe(false);
  });
});

describe('of any session', () => {
  const anySpan = fc.record({
    createdAt: nearNow,
    lastActivity: nearNow,
    endedAt: fc.option(nearNow, { nil: undefined }),
  });

  test('what is inactive stays inactive', () => {
    fc.assert(
      fc.property(anySpan, nearNow, nearNow, (lived, a, b) => {
        const [earlier, later] = a < b ? [a, b] : [b, a];
        const were = lifetimeAt(lived, timeouts, earlier).isActive;
        expect(were || !lifetimeAt(lived, timeouts, later).isActive).toBe(true);
      }),
    );
  });

  test('one that is active has no end, and one that is not has one', () => {
    fc.assert(
      fc.property(anySpan, nearNow, (lived, at) => {
        const lifetime = lifetimeAt(lived, timeouts, at);
        expect(lifetime.endedAt === undefined).toBe(lifetime.isActive);
      }),
    );
  });

  test('an answer says of its own instant what the lifetime says', () => {
    fc.assert(
      fc.property(anySpan, nearNow, (lived, at) => {
        const lifetime = lifetimeAt(lived, timeouts, at);
        expect(isActiveAt(sessionWith(lifetime), at)).toBe(lifetime.isActive);
      }),
    );
  });
});

function justBefore(instant: string): string {
  return toInstant(toMilliseconds(instant) - 1);
}

test('alive is what is active in its lifetime', () => {
  const instants = fc
    .integer({ min: -3 * 86_400_000, max: 3 * 86_400_000 })
    .map((off) => toInstant(toMilliseconds(now) + off));
  const ended = fc.option(instants, { nil: undefined });
  fc.assert(
    fc.property(instants, instants, ended, instants, (createdAt, lastActivity, endedAt, at) => {
      const lived: Span = {
        createdAt,
        lastActivity,
        endedAt,
        endReason: endedAt === undefined ? undefined : 'terminated',
      };
      expect(isAlive(lived, timeouts, at)).toBe(lifetimeAt(lived, timeouts, at).isActive);
    }),
  );
  expect(isAlive(span, timeouts, '2026-11-23T10:00:00.000Z')).toBe(false);
});

test.for([
  [null, null, 3600, 86_400],
  [60, null, 60, 86_400],
  [null, 7200, 3600, 7200],
  [3600, 86_400, 3600, 86_400],
  [3601, 90_000, 3600, 86_400],
] as const)('an organization that chose %o and %o has %i and %i', ([idle, absolute, idleSeconds, absoluteSeconds]) => {
  const chosen = { idleSeconds: idle, absoluteSeconds: absolute };
  expect(timeoutsWithin(timeouts, chosen)).toEqual({ idleSeconds, absoluteSeconds });
});
