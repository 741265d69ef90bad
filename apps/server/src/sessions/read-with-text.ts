/** A page of those sessions whose text is as asked for, found by their texts and put into order at once. */
import { parseSort } from '@rollcall/core/order';
import { type RawBuilder, sql, type Transaction } from 'kysely';
import type { Tables } from '../database/tables.ts';
import { mostCounted, type Total } from './count-sessions.ts';
import { facts, isFactOrder, isOfFacts } from './facts.ts';
import type { Reader } from './matching-sessions.ts';
import { sessionOrder } from './session-order.ts';
import type { Asked } from './session-page.ts';
import type { SessionRow } from './session-row.ts';
import { mostSorted } from './sorted-or-in-order.ts';
import type { AboutText } from './text-condition.ts';
import { beyond, columns } from './understand.ts';

// Of so many sessions with some text, each is asked for the rest of the search; of more, the first ones that are met in the order of the list are soon there:
// the sooner, the fewer sessions there are in all.
const mostAsked = 20_000;
const oneIn = 25;

export interface WithText {
  /** Of all sessions of the organization with such a text; where it is not exact, of texts. */
  readonly withText: Total;
  /** Where they are few enough. */
  readonly page?: Total & { readonly rows: SessionRow[] };
}

interface Answer {
  /** Null where not all texts were looked at. */
  readonly with_text: number | null;
  readonly most: number;
  readonly total: number;
}

/** For whoever may see all sessions of the organization. */
export async function readWithText(
  tx: Transaction<Tables>,
  reader: Reader,
  asked: Asked,
  text: AboutText,
): Promise<WithText> {
  const isKnown = isFactOrder(asked.sort) || !isOfFacts(text.rest);
  const { rows } = await sql<Answer & (SessionRow | { request_id: null })>`
    with people as materialized (
      select * from (select ${mostRead(reader, asked, text)} as most) as reading
      cross join lateral people_with_text(${JSON.stringify(text.condition)}::jsonb, ${mostCounted}, most)
    ),
    found as materialized (${found(reader, asked, text)}),
    counted as materialized (select count(*) as found from found),
    place as (${isKnown ? placeAmong(reader, asked) : placeInOrder(reader, asked)})
    select told.*, session.* from (
      select sessions as with_text, most, ${text.rest ? sql`(select found from counted)` : sql`sessions`} as total from people
    ) as told
    left join lateral (
      select ${columns}, duration_ms from sessions
      where organization_id = ${reader.actor.organizationId} and request_id = any(array(select request_id from place))
    ) as session on true
    order by ${sessionOrder(asked.sort, reader)}`.execute(tx);
  const { with_text: all, most, total } = rows[0] ?? { with_text: 0, most: 0, total: 0 };
  if (all === null) return { withText: { total: mostCounted, totalIsExact: false } };
  const withText = { total: all, totalIsExact: true };
  if (all > most) return { withText };
  return { withText, page: { rows: rows.filter((row) => row.request_id !== null), total, totalIsExact: true } };
}

function mostRead({ actor }: Reader, asked: Asked, { rest }: AboutText): RawBuilder<number> {
  if (rest === undefined) {
    const isScattered = parseSort(asked.sort).field !== 'createdAt';
    return sql`${mostSorted(asked, isScattered ? 'by index, against scattered rows' : 'by index')}::bigint`;
  }
  if (!isOfFacts(rest)) return sql`${mostAsked}::bigint`;
  return sql`(
    select greatest(${mostAsked}, sum(sessions) / ${oneIn})::bigint from session_counts
    where organization_id = ${actor.organizationId}
  )`;
}

/** Where all sessions of a user have the text, only the rest is asked of each. */
function found({ actor }: Reader, asked: Asked, { rest }: AboutText): RawBuilder<unknown> {
  const isMeant = rest ? asked.meets(rest, sql`select wholly from people`) : sql<boolean>`true`;
  const kept = isOfFacts(rest) ? facts : sql`${facts}, user_email, session_name, user_agent`;
  // "offset 0" keeps what is asked of each from choosing another index than that of their users
  const sessionsOf = (people: RawBuilder<unknown>, read: RawBuilder<unknown>) => sql`(
    select ${read} from sessions
    where organization_id = ${actor.organizationId} and user_id = any((select ${people} from people)::uuid[]) offset 0
  ) as sessions`;
  return sql`
    select ${kept} from ${sessionsOf(sql`wholly`, isOfFacts(rest) ? facts : sql`*`)} where ${isMeant}
    union all
    select ${kept} from ${sessionsOf(sql`partly`, sql`*`)} where ${asked.found}`;
}

/** Everything that the order goes by is known of what was found. */
function placeAmong(reader: Reader, asked: Asked): RawBuilder<unknown> {
  return sql`
    select request_id from found where ${beyond(asked)}
    order by ${sessionOrder(asked.sort, reader)} limit ${asked.pageSize} offset ${offsetOf(asked)}`;
}

/**
 * Only the ids are known of what was found. Of few the rows are read; of many the index that has the order is gone through, from the nearer end, until those
 * of the page have been met. Which it is depends on how many there are, which only the database knows: the parts that are not meant are not begun.
 */
function placeInOrder(reader: Reader, asked: Asked): RawBuilder<unknown> {
  const most = mostSorted(asked, 'by row, against entries');
  const { organizationId } = reader.actor;
  const offset = offsetOf(asked);
  const number = sql`(select found from counted)`;
  const forward = sessionOrder(asked.sort, reader);
  const backward = sessionOrder(asked.sort, reader, { backward: true });
  // "is true" keeps it from being a join, which would have no order
  const isFound = sql`organization_id = ${organizationId} and (request_id in (select request_id from found)) is true`;
  return sql`
    (
      select session.request_id from (select request_id as found_id from found) as known cross join lateral (
        select * from sessions where organization_id = ${organizationId} and request_id = found_id offset 0
      ) as session
      where ${number} <= ${most} order by ${forward} limit ${asked.pageSize} offset ${offset}
    )
    union all (
      select request_id from sessions where ${isFound} and ${number} > ${most} and ${number} >= ${2 * offset}
      order by ${forward} limit ${asked.pageSize} offset ${offset}
    )
    union all (
      select request_id from sessions where ${isFound} and ${number} > ${most} and ${number} < ${2 * offset}
      order by ${backward}
      limit greatest(0, least(${asked.pageSize}, ${number} - ${offset}))
      offset greatest(0, ${number} - ${offset} - ${asked.pageSize})
    )`;
}

function offsetOf({ page, pageSize }: Asked): number {
  return (page - 1) * pageSize;
}
