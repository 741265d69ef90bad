/** The sessions that somebody may see, and what the rules say of each, in SQL. */
import type { Instant } from '@rollcall/core/instant';
import { toInstant, toMilliseconds } from '@rollcall/core/instant';
import type { Timeouts } from '@rollcall/core/lifetime';
import { type Actor, may } from '@rollcall/core/permission';
import { type RawBuilder, sql } from 'kysely';

/** At which instant activity is judged, and by which time-outs. */
export interface Moment {
  readonly now: Instant;
  readonly timeouts: Timeouts;
}

/** For whom, and as of when. */
export interface Reader extends Moment {
  readonly actor: Actor;
}

/** Core's `maySeeSession` over all rows. */
export function visibleTo(actor: Actor): RawBuilder<boolean> {
  const ofOrganization = sql<boolean>`organization_id = ${actor.organizationId}`;
  if (may(actor, 'users:manage')) return ofOrganization;
  return sql<boolean>`(${ofOrganization} and user_id = ${actor.userId})`;
}

/** Whoever was not seen, or began, later than this has run out. */
export function before({ now, timeouts }: Moment, timeout: keyof Timeouts): Instant {
  return toInstant(toMilliseconds(now) - timeouts[timeout] * 1000);
}

/** Core's `lifetimeAt` over all rows: the session's columns beside two constants. */
export function isActive(moment: Moment): RawBuilder<boolean> {
  return sql<boolean>`(
    ended_at is null
    and last_activity > ${before(moment, 'idleSeconds')}::timestamptz
    and created_at > ${before(moment, 'absoluteSeconds')}::timestamptz
  )`;
}

/**
 * The same, for whom the index of activity would be the wrong one: whoever takes sessions in another order, user by user or as they began. The planner, who
 * thinks that few have been seen lately and few have not ended, and does not know that those are the same ones, would always choose it.
 */
export function isActiveInOrder(moment: Moment): RawBuilder<boolean> {
  return sql<boolean>`(
    ended_at is null
    and coalesce(last_activity > ${before(moment, 'idleSeconds')}::timestamptz, false)
    and created_at > ${before(moment, 'absoluteSeconds')}::timestamptz
  )`;
}

/** Of those that have not ended: whether a time-out ended them all the same. */
function hasRunOut(moment: Moment): RawBuilder<boolean> {
  return sql<boolean>`(
    last_activity <= ${before(moment, 'idleSeconds')}::timestamptz
    or created_at <= ${before(moment, 'absoluteSeconds')}::timestamptz
  )`;
}

/** Core's `endReason` over all rows; null for active ones. */
export function endReason({ now, timeouts }: Moment): RawBuilder<string | null> {
  return sql<string | null>`case
    when ended_at is not null then end_reason
    when not ${hasRunOut({ now, timeouts })} then null
    when last_activity + make_interval(secs => ${timeouts.idleSeconds}) < created_at + make_interval(secs => ${timeouts.absoluteSeconds})
      then 'idle-timeout'
    else 'absolute-timeout'
  end`;
}
