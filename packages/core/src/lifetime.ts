/** When a session is active, and when it stops by itself. */
import { type Instant, toInstant, toMilliseconds } from './instant.ts';
import type { EndReason, Session } from './schema/session.ts';

/** How long a session lives without activity, and at most. Seconds. */
export interface Timeouts {
  readonly idleSeconds: number;
  readonly absoluteSeconds: number;
}

/** What is recorded of a session's life. `endReason` is there exactly when `endedAt` is. */
export interface Span {
  readonly createdAt: Instant;
  readonly lastActivity: Instant;
  readonly endedAt?: Instant | undefined;
  readonly endReason?: EndReason | undefined;
}

/** What a span amounts to at some instant. */
export interface Lifetime {
  readonly isActive: boolean;
  readonly expiresAt: Instant;
  readonly endedAt?: Instant;
  readonly endReason?: EndReason;
}

/** What an organization chose for itself; null is what the service has for everybody. */
export interface ChosenTimeouts {
  readonly idleSeconds: number | null;
  readonly absoluteSeconds: number | null;
}

/** An organization may shorten what the service allows, and never lengthens it. */
export function timeoutsWithin(service: Timeouts, { idleSeconds, absoluteSeconds }: ChosenTimeouts): Timeouts {
  return {
    idleSeconds: Math.min(service.idleSeconds, idleSeconds ?? Number.POSITIVE_INFINITY),
    absoluteSeconds: Math.min(service.absoluteSeconds, absoluteSeconds ?? Number.POSITIVE_INFINITY),
  };
}

/** The earlier of `lastActivity` + idle and `createdAt` + absolute time-out. */
export function expiresAt(span: Span, timeouts: Timeouts): Instant {
  return toInstant(Math.min(idleExpiry(span, timeouts), absoluteExpiry(span, timeouts)));
}

/** Which time-out a session runs into first; where both fall together, the absolute one, which no activity puts off. */
export function expiresBy(span: Span, timeouts: Timeouts): 'idle-timeout' | 'absolute-timeout' {
  return idleExpiry(span, timeouts) < absoluteExpiry(span, timeouts) ? 'idle-timeout' : 'absolute-timeout';
}

/**
 * Active at `now` means: not ended, and `now` before `expiresAt`; at that very instant it is inactive. One that has run out has ended
 * at `expiresAt` for its time-out, whether or not anybody has recorded that yet; where both fall together, for the absolute one.
 */
export function lifetimeAt(span: Span, timeouts: Timeouts, now: Instant): Lifetime {
  const expiry = expiresAt(span, timeouts);
  if (span.endedAt !== undefined) {
    const { endedAt, endReason } = span;
    return { isActive: false, expiresAt: expiry, endedAt, ...(endReason && { endReason }) };
  }
  if (now < expiry) return { isActive: true, expiresAt: expiry };
  return {
    isActive: false,
    expiresAt: expiry,
    endedAt: expiry,
    endReason: expiresBy(span, timeouts),
  };
}

/** `isActive` of {@link lifetimeAt}, for whoever needs nothing else. */
export function isAlive(span: Span, timeouts: Timeouts, now: Instant): boolean {
  const expiry = Math.min(idleExpiry(span, timeouts), absoluteExpiry(span, timeouts));
  return span.endedAt === undefined && toMilliseconds(now) < expiry;
}

/** Whether a session that was answered a while ago is still active at `now`, as far as one can tell without asking again. */
export function isActiveAt(session: Pick<Session, 'endedAt' | 'expiresAt'>, now: Instant): boolean {
  return session.endedAt === undefined && now < session.expiresAt;
}

function idleExpiry(span: Span, timeouts: Timeouts): number {
  return toMilliseconds(span.lastActivity) + timeouts.idleSeconds * 1000;
}

function absoluteExpiry(span: Span, timeouts: Timeouts): number {
  return toMilliseconds(span.createdAt) + timeouts.absoluteSeconds * 1000;
}
