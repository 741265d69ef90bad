/** A page of those sessions whose text is as asked for, found by their texts and sorted at once. */
import { parseSort } from '@rollcall/core/order';
import type { Query } from '@rollcall/core/query/syntax';
import { type RawBuilder, sql, type Transaction } from 'kysely';
import type { Tables } from '../database/tables.ts';
import { mostCounted, type Total } from './count-sessions.ts';
import type { Reader } from './matching-sessions.ts';
import { sessionOrder } from './session-order.ts';
import type { Asked } from './session-page.ts';
import type { SessionRow } from './session-row.ts';
import { mostSorted } from './sorted-or-in-order.ts';
import type { AboutText } from './text-condition.ts';
import { beyond, columns } from './understand.ts';

// Of so many sessions with some text, each is asked for the rest of the search; of more, the first ones that are met in the order of the list are soon there.
const mostAsked = 20_000;

export interface WithText {
  /** Of all sessions of the organization with such a text; where it is not exact, of texts. */
  readonly withText: Total;
  /** Where they are few enough. */
  readonly page?: Total & { readonly rows: SessionRow[] };
}

interface Answer {
  /** Null where not all texts were looked at. */
  readonly with_text: number | null;
  readonly total: number;
}

/** For whoever may see all sessions of the organization. */
export async function readWithText(
  tx: Transaction<Tables>,
  reader: Reader,
  asked: Asked,
  text: AboutText,
): Promise<WithText> {
  const most = mostRead(asked, text);
  const { rows } = await sql<Answer & (SessionRow | { request_id: null })>`
    with answer as materialized (
      select * from sessions_with_text(${JSON.stringify(text.condition)}::jsonb, ${mostCounted}, ${most})
    ),
    found as (${found(reader, asked, text)}),
    place as (
      select request_id from found where ${beyond(asked)}
      order by ${sessionOrder(asked.sort, reader)} limit ${asked.pageSize} offset ${(asked.page - 1) * asked.pageSize}
    )
    select counted.*, session.* from (
      select total as with_text, ${text.rest ? sql`(select count(*) from found)` : sql`total`} as total
      from answer where request_id is null
    ) as counted
    left join lateral (
      select ${columns}, duration_ms from sessions
      where organization_id = ${reader.actor.organizationId} and request_id in (select request_id from place)
    ) as session on true
    order by ${sessionOrder(asked.sort, reader)}`.execute(tx);
  const { with_text: all, total } = rows[0] ?? { with_text: 0, total: 0 };
  if (all === null) return { withText: { total: mostCounted, totalIsExact: false } };
  const withText = { total: all, totalIsExact: true };
  if (all > most) return { withText };
  return { withText, page: { rows: rows.filter((row) => row.request_id !== null), total, totalIsExact: true } };
}

function mostRead(asked: Asked, { rest }: AboutText): number {
  if (rest !== undefined) return mostAsked;
  return mostSorted(asked, isByIndex(asked, rest) ? 'by index' : 'by row');
}

function found({ actor }: Reader, asked: Asked, { rest }: AboutText): RawBuilder<unknown> {
  const isMeant = rest ? asked.meets(rest) : sql<boolean>`true`;
  if (isByIndex(asked, rest)) {
    return sql`
      select request_id, created_at, last_activity, ended_at, duration_ms from answer as sessions
      where request_id is not null and ${isMeant}`;
  }
  return sql`
    select request_id, user_email, session_name, ip_address, user_agent, created_at, last_activity, ended_at, duration_ms
    from (select request_id as found_id from answer) as answer
    join sessions on organization_id = ${actor.organizationId} and request_id = found_id
    where ${isMeant}`;
}

/** Whether what is asked for and sorted by is beside each session in the index of a user's sessions. */
function isByIndex({ sort }: Asked, rest: Query | undefined): boolean {
  const { field } = parseSort(sort);
  const isOrder = field === 'createdAt' || field === 'lastActivity' || field === 'duration' || field === 'isActive';
  return isOrder && (rest === undefined || isAboutTimes(rest));
}

function isAboutTimes(query: Query): boolean {
  switch (query.kind) {
    case 'and':
    case 'or':
      return query.parts.every(isAboutTimes);
    case 'not':
      return isAboutTimes(query.part);
    case 'during':
      return true;
    case 'between':
      return query.field !== 'concurrent';
    case 'one-of':
      return query.field === 'status';
    default:
      return false;
  }
}
