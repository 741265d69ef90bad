/** A page of all sessions by their status. Status is no column of a row: its two groups, each in the order of its ids, follow one another. */
import { parseSort } from '@rollcall/core/order';
import { type RawBuilder, sql, type Transaction } from 'kysely';
import type { Tables } from '../database/tables.ts';
import { isActive, type Reader, visibleTo } from './matching-sessions.ts';
import { readFigures } from './read-statistics.ts';
import { sessionOrder } from './session-order.ts';
import type { Asked, Page } from './session-page.ts';
import type { SessionRow } from './session-row.ts';
import { columns } from './understand.ts';

/** Whatever is asked for beside the status is not looked at. */
export async function readByStatus(tx: Transaction<Tables>, reader: Reader, asked: Asked): Promise<Page> {
  const groups = await readGroups(tx, reader, asked);
  const total = groups.reduce((sum, { number }) => sum + number, 0);
  const places = partsOf(groups, asked).map((part) => placesIn(reader, asked, part));
  if (places.length === 0) return { rows: [], total, totalIsExact: true };
  const { rows } = await sql<SessionRow>`
    with place as (${sql.join(places, sql` union all `)})
    select ${columns} from sessions
    where organization_id = ${reader.actor.organizationId} and request_id = any(array(select request_id from place))
    order by ${sessionOrder(asked.sort, reader)}`.execute(tx);
  return { rows, total, totalIsExact: true };
}

interface Group {
  readonly isOfActive: boolean;
  readonly number: number;
}

/** Those that are asked for, in their order. */
async function readGroups(tx: Transaction<Tables>, reader: Reader, { status, sort }: Asked): Promise<Group[]> {
  const { total, active } = await readFigures(tx, reader);
  const groups = [
    ...(status === 'active' ? [] : [{ isOfActive: false, number: total - active }]),
    ...(status === 'inactive' ? [] : [{ isOfActive: true, number: active }]),
  ];
  return parseSort(sort).descending ? groups.toReversed() : groups;
}

interface Part {
  readonly group: Group;
  readonly offset: number;
  readonly limit: number;
}

/** What of the page is in which group. */
function partsOf(groups: readonly Group[], { page, pageSize }: Asked): Part[] {
  let first = (page - 1) * pageSize;
  let wanted = pageSize;
  const parts: Part[] = [];
  for (const group of groups) {
    const limit = Math.min(wanted, Math.max(0, group.number - first));
    if (limit > 0) parts.push({ group, offset: first, limit });
    first = Math.max(0, first - group.number);
    wanted -= limit;
  }
  return parts;
}

/** From the nearer end of its group, by ids alone: what is passed over is read from the index of ids. */
function placesIn(reader: Reader, { sort }: Asked, { group, offset, limit }: Part): RawBuilder<unknown> {
  const after = group.number - offset - limit;
  const isBackward = after < offset;
  const isMeant = group.isOfActive ? isActive(reader) : sql<boolean>`not ${isActive(reader)}`;
  return sql`(
    select request_id from sessions where ${visibleTo(reader.actor)} and ${isMeant}
    order by request_id ${parseSort(sort).descending === isBackward ? sql`asc` : sql`desc`}
    limit ${limit} offset ${isBackward ? after : offset}
  )`;
}
