/** The sessions that somebody may see, that a search finds, and that are active or not: one condition in SQL. */
import type { Instant } from '@rollcall/core/instant';
import { toInstant, toMilliseconds } from '@rollcall/core/instant';
import type { Timeouts } from '@rollcall/core/lifetime';
import { type Actor, may } from '@rollcall/core/permission';
import type { SessionListQuery } from '@rollcall/core/schema/session-list';
import { searchTerms } from '@rollcall/core/search';
import { type RawBuilder, sql } from 'kysely';

/** At which instant activity is judged, and by which time-outs. */
export interface Moment {
  readonly now: Instant;
  readonly timeouts: Timeouts;
}

/** Core's `maySeeSession` over all rows. */
export function visibleTo(actor: Actor): RawBuilder<boolean> {
  const ofOrganization = sql<boolean>`organization_id = ${actor.organizationId}`;
  if (may(actor, 'users:manage')) return ofOrganization;
  return sql<boolean>`(${ofOrganization} and user_id = ${actor.userId})`;
}

/** Core's `searchSessions` and status over all rows. */
export function matching({ search, status }: Pick<SessionListQuery, 'search' | 'status'>, moment: Moment) {
  const conditions = searchTerms(search).map((term) => sql<boolean>`strpos(search_text, ${term}) > 0`);
  if (status === 'active') conditions.push(isActive(moment));
  if (status === 'inactive') conditions.push(sql<boolean>`not ${isActive(moment)}`);
  return conditions.length === 0 ? sql<boolean>`true` : sql<boolean>`(${sql.join(conditions, sql` and `)})`;
}

/** Core's `lifetimeAt` over all rows: the session's columns beside two constants. */
export function isActive({ now, timeouts }: Moment): RawBuilder<boolean> {
  const before = (seconds: number) => toInstant(toMilliseconds(now) - seconds * 1000);
  return sql<boolean>`(
    ended_at is null
    and last_activity > ${before(timeouts.idleSeconds)}::timestamptz
    and created_at > ${before(timeouts.absoluteSeconds)}::timestamptz
  )`;
}

/** Core's `durationMilliseconds` over all rows, as an interval. */
export const duration = sql`greatest(last_activity - created_at, interval '0')`;
