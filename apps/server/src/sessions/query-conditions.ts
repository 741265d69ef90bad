/** What a search means, as a condition in SQL: core's `matchesQuery` over all rows. No condition is ever null, so that `not` may stand before it. */
import { toInstant, toMilliseconds } from '@rollcall/core/instant';
import type { Timeouts } from '@rollcall/core/lifetime';
import type { Actor } from '@rollcall/core/permission';
import type { Between, Contains, During, OneOf, Query } from '@rollcall/core/query/syntax';
import { type RawBuilder, sql } from 'kysely';
import { before, endReason, isActive, isActiveInOrder, type Moment } from './matching-sessions.ts';

export interface Searching extends Moment {
  readonly actor: Pick<Actor, 'organizationId'>;
  /** The user agents of the organization that a condition on them finds. */
  readonly agentsFor: (condition: AgentCondition) => readonly string[];
  /** Whether few rows will be asked, one after the other, so that what a condition says of all of them is not worth finding out first. */
  readonly rowByRow?: boolean;
  /** Whether rows are asked in the order in which they began. */
  readonly inOrder?: boolean;
  /** An array of the users whose sessions are asked, by what is known of them without their rows, where they are not those of the whole organization. */
  readonly users?: RawBuilder<unknown>;
}

export type AgentCondition = Contains & { readonly field: 'agent' | 'browser' | 'os' };

export function conditionOf(query: Query, searching: Searching): RawBuilder<boolean> {
  switch (query.kind) {
    case 'and':
      return joined(query.parts, sql` and `, searching) ?? sql<boolean>`true`;
    case 'or':
      return joined(query.parts, sql` or `, searching) ?? sql<boolean>`false`;
    case 'not':
      return sql<boolean>`not ${conditionOf(query.part, searching)}`;
    case 'text':
      return sql<boolean>`strpos(search_text, ${query.text}) > 0`;
    case 'contains':
      return contains(query, searching);
    case 'is':
      // the e-mail is the first line
      return sql<boolean>`starts_with(search_text, ${`${query.text}\n`})`;
    case 'within':
      return sql<boolean>`(ip_address between ${query.network.first}::inet and ${query.network.last}::inet)`;
    case 'one-of':
      return isOneOf(query, searching);
    case 'during':
      return isDuring(query);
    case 'between':
      return isBetween(query, searching);
  }
}

function joined(parts: readonly Query[], by: RawBuilder<unknown>, searching: Searching) {
  const conditions = parts.map((part) => conditionOf(part, searching));
  return conditions.length === 0 ? undefined : sql<boolean>`(${sql.join(conditions, by)})`;
}

export function isAboutAgents(condition: Contains): condition is AgentCondition {
  return condition.field === 'agent' || condition.field === 'browser' || condition.field === 'os';
}

// The three lines of the searchable text, in their order.
const lines: Partial<Record<Contains['field'], number>> = { user: 1, ip: 2, name: 3 };

/** Undefined for what is no part of the text. */
export function lineOf({ field }: Contains): number | undefined {
  return lines[field];
}

function contains(condition: Contains, searching: Searching): RawBuilder<boolean> {
  if (isAboutAgents(condition)) return isByAgent(condition, searching);
  const line = sql.lit(lineOf(condition) ?? 1);
  return sql<boolean>`strpos(split_part(search_text, chr(10), ${line}), ${condition.text}) > 0`;
}

function isByAgent(condition: AgentCondition, { agentsFor, users }: Searching): RawBuilder<boolean> {
  const agents = sql`${agentsFor(condition)}::text[]`;
  if (!users) return sql<boolean>`user_agent = any(${agents})`;
  // as the column is generated
  const hash = sql`hashtextextended(agent collate "C", 0) & ((1::bigint << 53) - 1)`;
  return sql<boolean>`user_agent_hash in (select ${hash} from unnest(${agents}) as agent)`;
}

function isOneOf(condition: OneOf, searching: Searching): RawBuilder<boolean> {
  switch (condition.field) {
    case 'client':
      return sql<boolean>`client_type = any(${condition.values}::text[])`;
    case 'auth':
      return sql<boolean>`auth_method = any(${condition.values}::text[])`;
    case 'account':
      return sql<boolean>`account_type = any(${condition.values}::text[])`;
    case 'status':
      return statusIs(condition.values, searching);
    case 'ended':
      return hasEndedBy(condition.values, searching);
  }
}

function statusIs(values: readonly string[], searching: Searching): RawBuilder<boolean> {
  if (values.length === 2) return sql<boolean>`true`;
  if (values.includes('inactive')) return sql<boolean>`not ${isActive(searching)}`;
  return searching.inOrder ? isActiveInOrder(searching) : isActive(searching);
}

// What has ended is found by an index, and what has run out without being marked by those of open sessions: nearly none.
function hasEndedBy(reasons: readonly string[], searching: Searching): RawBuilder<boolean> {
  // of one alone the index has the order of sign-in
  const areMeant = reasons.length === 1 ? sql`= ${reasons[0]}` : sql`= any(${reasons}::text[])`;
  const isMarked = sql<boolean>`end_reason is not null and end_reason ${areMeant}`;
  if (!reasons.some((reason) => reason === 'idle-timeout' || reason === 'absolute-timeout')) {
    return sql<boolean>`(${isMarked})`;
  }
  const isMeant = sql<boolean>`coalesce(${endReason(searching)} = any(${reasons}::text[]), false)`;
  const ranOut = (instant: RawBuilder<unknown>, timeout: keyof Timeouts) =>
    sql<boolean>`(ended_at is null and ${instant} <= ${before(searching, timeout)}::timestamptz and ${isMeant})`;
  return sql<boolean>`(
    (${isMarked})
    or ${ranOut(sql.ref('last_activity'), 'idleSeconds')}
    or ${ranOut(sql.ref('created_at'), 'absoluteSeconds')}
  )`;
}

function isDuring({ field, from, to }: During): RawBuilder<boolean> {
  const instant = sql.ref(field === 'created' ? 'created_at' : 'last_activity');
  const limits = [
    ...(from === undefined ? [] : [sql<boolean>`${instant} >= ${from}::timestamptz`]),
    ...(to === undefined ? [] : [sql<boolean>`${instant} < ${to}::timestamptz`]),
  ];
  return limits.length === 0 ? sql<boolean>`true` : sql<boolean>`(${sql.join(limits, sql` and `)})`;
}

function isBetween(condition: Between, searching: Searching): RawBuilder<boolean> {
  switch (condition.field) {
    case 'duration':
      return within(sql.ref('duration_ms'), condition);
    case 'idle':
      return isIdle(condition, searching);
    case 'concurrent':
      return hasConcurrent(condition, searching);
  }
}

function within(number: RawBuilder<unknown>, { from = 0, to }: Pick<Between, 'from' | 'to'>): RawBuilder<boolean> {
  const limit = to === undefined ? sql`` : sql` and ${number} < ${to}::bigint`;
  return sql<boolean>`(${number} >= ${from}::bigint${limit})`;
}

// By when it was last seen, for which there is an index. Whoever was seen later than now is idle for no time at all.
function isIdle({ from = 0, to }: Between, { now, timeouts }: Searching): RawBuilder<boolean> {
  const ago = (milliseconds: number) => sql`${toInstant(toMilliseconds(now) - milliseconds)}::timestamptz`;
  const limits = [
    isActive({ now, timeouts }),
    ...(from > 0 ? [sql<boolean>`last_activity <= ${ago(from)}`] : []),
    ...(to === undefined ? [] : [to > 0 ? sql<boolean>`last_activity > ${ago(to)}` : sql<boolean>`false`]),
  ];
  return sql<boolean>`(${sql.join(limits, sql` and `)})`;
}

function hasConcurrent(condition: Between, searching: Searching): RawBuilder<boolean> {
  return searching.rowByRow ? isOneOfSoMany(condition, searching) : hasUserWithSoMany(condition, searching);
}

function isOneOfSoMany({ from = 0, to }: Between, searching: Searching): RawBuilder<boolean> {
  const { organizationId } = searching.actor;
  const count = sql`(
    select count(*) from (
      select from sessions as other
      where other.organization_id = ${organizationId} and other.user_id = sessions.user_id and ${isActiveInOrder(searching)}
      limit ${to ?? from}
    ) as first_ones
  )`;
  return within(count, { from, ...(to !== undefined && { to }) });
}

// Counted once for all rows, of whoever may be meant: "materialized" keeps a planner that knows nothing of an organization from counting for each row anew.
// Whoever has none is in no group: a range that holds zero is what is left by all others.
function hasUserWithSoMany({ from = 0, to }: Between, searching: Searching): RawBuilder<boolean> {
  const { actor, users } = searching;
  const amongThese = users ? sql` and user_id = any((${users})::uuid[])` : sql``;
  const usersWith = (having: RawBuilder<boolean>) => sql`(
    with users_with as materialized (
      select user_id from sessions
      where organization_id = ${actor.organizationId}${amongThese} and ${isActiveInOrder(searching)}
      group by user_id having ${having}
    )
    select user_id from users_with
  )`;
  const count = sql`count(*)`;
  if (to === 0) return sql<boolean>`false`;
  if (from > 0) return sql<boolean>`user_id in ${usersWith(within(count, { from, ...(to !== undefined && { to }) }))}`;
  return to === undefined
    ? sql<boolean>`true`
    : sql<boolean>`user_id not in ${usersWith(sql<boolean>`count(*) >= ${to}`)}`;
}
