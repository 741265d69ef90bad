/** A page out of the list's order: soon, where nothing rare is asked for. */
import { parseSort } from '@rollcall/core/order';
import { may } from '@rollcall/core/permission';
import { type RawBuilder, sql, type Transaction } from 'kysely';
import type { Tables } from '../database/tables.ts';
import type { Total } from './count-sessions.ts';
import { isActive, type Reader } from './matching-sessions.ts';
import { sessionOrder } from './session-order.ts';
import type { Asked, Page } from './session-page.ts';
import type { SessionRow } from './session-row.ts';
import { beyond, columns } from './understand.ts';

/**
 * In their order until the page is full. From the nearer end of the list, and first only their ids: what is passed over on the way to a far page is read
 * from the index alone.
 */
export async function readInOrder(
  tx: Transaction<Tables>,
  reader: Reader,
  asked: Asked,
  counted: Total,
): Promise<Page> {
  const { total, totalIsExact } = counted;
  const offset = (asked.page - 1) * asked.pageSize;
  const isCounted = totalIsExact && asked.cursor === '';
  const limit = isCounted ? Math.max(0, Math.min(asked.pageSize, total - offset)) : asked.pageSize;
  if (limit === 0) return { rows: [], ...counted };
  const backward = isCounted && offset > total / 2;
  const turned = { ...asked, backward, limit, offset: backward ? total - offset - limit : offset };
  const { rows } = await sql<SessionRow>`
    with place as (${places(reader, turned)})
    select ${columns} from sessions
    where organization_id = ${reader.actor.organizationId} and request_id = any(array(select request_id from place))
    order by ${sessionOrder(asked.sort, reader, { backward })}`.execute(tx);
  return { rows: backward ? rows.toReversed() : rows, ...counted };
}

interface Turned extends Asked {
  readonly backward: boolean;
  readonly limit: number;
  readonly offset: number;
}

/** The ids of a page. Status is no column of a row: its two groups, each in the order of its ids, are begun at their beginning. */
function places(reader: Reader, asked: Turned): RawBuilder<unknown> {
  const { foundRowByRow: found, sort, backward, limit, offset } = asked;
  const order = sessionOrder(sort, reader, { backward });
  const page = sql`order by ${order} limit ${limit} offset ${offset}`;
  if (isAllByCreation(reader, asked)) return placesFromDay(reader, asked);
  if (parseSort(sort).field !== 'isActive') {
    return sql`select request_id from sessions where ${found} and ${beyond(asked)} ${page}`;
  }
  const direction = parseSort(sort).descending === backward ? sql`asc` : sql`desc`;
  const first = (group: RawBuilder<boolean>) => sql`(
    select request_id, created_at, last_activity, ended_at from sessions where ${found} and ${group}
    order by request_id ${direction} limit ${offset + limit}
  )`;
  const active = isActive(reader);
  return sql`
    select request_id from (${first(active)} union all ${first(sql<boolean>`not ${active}`)}) as sessions ${page}`;
}

function isAllByCreation({ actor }: Reader, { asksNothing, status, sort, cursor, offset }: Turned): boolean {
  const isAll = asksNothing && status === 'all' && may(actor, 'users:manage');
  return isAll && parseSort(sort).field === 'createdAt' && cursor === '' && offset > 0;
}

/** How many began on each day is kept: what is passed over is passed over day by day, but for the last one of them. */
function placesFromDay(reader: Reader, { sort, backward, limit, offset }: Turned): RawBuilder<unknown> {
  const { organizationId } = reader.actor;
  const descending = parseSort(sort).descending !== backward;
  const isReached = descending
    ? sql`created_at < (select (day + 1)::timestamp at time zone 'UTC' from start)`
    : sql`created_at >= (select day::timestamp at time zone 'UTC' from start)`;
  return sql`
    with days as (
      select day, sum(sessions) as began from (
        select day, sessions from session_counts where organization_id = ${organizationId} and sessions <> 0
        union all
        select day, sessions from session_count_changes where organization_id = ${organizationId} and sessions <> 0
      ) as counts group by day
    ),
    start as (
      select day, passed from (
        select day, sum(began) over (order by day ${descending ? sql`desc` : sql`asc`}) - began as passed from days
      ) as each_day
      where passed <= ${offset} order by passed desc limit 1
    )
    select request_id from sessions where organization_id = ${organizationId} and ${isReached}
    order by ${sessionOrder(sort, reader, { backward })}
    limit ${limit} offset (select ${offset} - passed from start)`;
}
