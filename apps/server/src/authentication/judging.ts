/** What judging a token by memory and judging it by the database have in common. */
import type { Instant } from '@rollcall/core/instant';
import { isAlive, type Lifetime, lifetimeAt, type Timeouts, timeoutsWithin } from '@rollcall/core/lifetime';
import type { Activity } from '../activity/write-activity.ts';
import type { Context } from '../context.ts';
import type { SessionByKey } from '../database/database.ts';
import { RequestProblem } from '../http/problem.ts';
import { spanOf } from '../sessions/session-row.ts';

export type Judging = Pick<
  Context,
  | 'activity'
  | 'announcements'
  | 'clock'
  | 'database'
  | 'metrics'
  | 'monotonic'
  | 'newId'
  | 'otherNetworks'
  | 'registry'
  | 'rotation'
  | 'timeouts'
  | 'tokens'
>;

/** A token that was accepted. */
export interface Admission {
  readonly session: SessionByKey;
  /** The number of the token that the answer hands out, where it hands one out. */
  readonly carries: number | null;
}

export function unauthenticated(detail: string): RequestProblem {
  return new RequestProblem('unauthenticated', detail);
}

export function notValid(): RequestProblem {
  return unauthenticated('The token is not valid.');
}

type NewestActivity = Pick<
  SessionByKey,
  'organization_id' | 'request_id' | 'last_activity' | 'last_ip_address' | 'last_user_agent'
>;

/** What a session did within the last second may not have reached the database yet. */
export function withPending<Known extends NewestActivity>(
  { activity }: Pick<Judging, 'activity'>,
  session: Known,
): Known {
  const seen = activity.pending(session.organization_id, session.request_id);
  return seen ? withActivity(session, seen) : session;
}

/** Unless it is older than what is known. */
export function withActivity<Known extends NewestActivity>(session: Known, seen: Omit<Activity, 'requestId'>): Known {
  if (seen.at <= session.last_activity) return session;
  return { ...session, last_activity: seen.at, last_ip_address: seen.ipAddress, last_user_agent: seen.userAgent };
}

export function saltOf({ token_salt }: SessionByKey): Buffer {
  return Buffer.from(token_salt, 'base64');
}

/** When it was last active, as far as this node knows. */
function lastActivityOf({ activity }: Pick<Judging, 'activity'>, session: NewestActivity): Instant {
  const seen = activity.pending(session.organization_id, session.request_id);
  return seen && seen.at > session.last_activity ? seen.at : session.last_activity;
}

/** Those of the session's organization. */
export function timeoutsOf({ timeouts }: Pick<Judging, 'timeouts'>, session: SessionByKey): Timeouts {
  const { idle_timeout_seconds: idleSeconds, absolute_timeout_seconds: absoluteSeconds } = session;
  return timeoutsWithin(timeouts, { idleSeconds, absoluteSeconds });
}

/** `isActive` of {@link lifetimeOf}, whatever has not reached the database yet counted in. */
export function isActive(judging: Judging, session: SessionByKey, now: Instant): boolean {
  const { created_at: createdAt, ended_at: endedAt } = session;
  const span = { createdAt, lastActivity: lastActivityOf(judging, session), endedAt: endedAt ?? undefined };
  return session.disabled_at === null && isAlive(span, timeoutsOf(judging, session), now);
}

/** The sessions of a disabled user have ended, marked or not. */
export function lifetimeOf(judging: Judging, session: SessionByKey, now: Instant): Lifetime {
  const lifetime = lifetimeAt(spanOf(session), timeoutsOf(judging, session), now);
  if (!lifetime.isActive || session.disabled_at === null) return lifetime;
  return { ...lifetime, isActive: false, endedAt: session.disabled_at, endReason: 'user-disabled' };
}
