/** A page of what a search finds that is about more than texts: found by whichever index is best, and sorted at once where it is little. */
import { parseSort } from '@rollcall/core/order';
import type { Query } from '@rollcall/core/query/syntax';
import { sql, type Transaction } from 'kysely';
import type { Tables } from '../database/tables.ts';
import { countUpTo, mostCounted } from './count-sessions.ts';
import type { Reader } from './matching-sessions.ts';
import { isAboutAgents } from './query-conditions.ts';
import { sessionOrder } from './session-order.ts';
import type { Asked, Sorted } from './session-page.ts';
import type { SessionRow } from './session-row.ts';
import { mostSorted } from './sorted-or-in-order.ts';
import { beyond, columns } from './understand.ts';

/** Without rows where there are too many: then whoever wants some looks for them in the order of the list. */
export async function readFound(tx: Transaction<Tables>, reader: Reader, asked: Asked): Promise<Sorted> {
  if (parseSort(asked.sort).field === 'createdAt') return await readByCreation(tx, reader, asked);
  const known = isByIndex(asked) ? await countUpTo(tx, asked.found) : undefined;
  return known && known.total > mostByRow(asked) ? known : await readSorted(tx, reader, asked);
}

// What is asked for alone is in an index, which is enough to count by, and to put into the order of sign-in.
function isByIndex({ tree }: Asked): boolean {
  const [only, ...others] = tree.kind === 'and' ? tree.parts : [tree];
  if (only === undefined || others.length > 0) return false;
  return (
    (only.kind === 'one-of' && (only.field === 'status' || only.field === 'ended')) ||
    (only.kind === 'contains' && isAboutAgents(only)) ||
    only.kind === 'within' ||
    only.kind === 'during' ||
    only.kind === 'between'
  );
}

// How many others somebody has is found out for everybody at once, and not in any order.
function isAboutOthers(query: Query): boolean {
  if (query.kind === 'and' || query.kind === 'or') return query.parts.some(isAboutOthers);
  return query.kind === 'not' ? isAboutOthers(query.part) : query.kind === 'between' && query.field === 'concurrent';
}

function mostByRow(asked: Asked): number {
  return Math.min(mostCounted, mostSorted(asked, 'by row'));
}

/**
 * Finds by whichever index is best, and counts what is found up to a limit; of what is not more, only the page's rows are read. Where rows have to be looked
 * at, they are in the order of sign-in, in which they lie beside one another: then the first ones are there even where there are more.
 */
async function readByCreation(tx: Transaction<Tables>, reader: Reader, asked: Asked): Promise<Sorted> {
  const order = sql`order by ${sessionOrder(asked.sort, reader)}`;
  const isOrdered = !isByIndex(asked) && !isAboutOthers(asked.tree);
  const isAmongFirst = isOrdered && asked.cursor === '' && asked.page * asked.pageSize <= mostCounted;
  const most = isAmongFirst ? Number.POSITIVE_INFINITY : mostCounted;
  const { rows } = await sql<Found>`
    with found as materialized (
      select request_id, created_at from sessions
      where ${isOrdered ? sql`${asked.foundInOrder} ${order}` : asked.found} limit ${mostCounted + 1}
    ),
    counted as materialized (select count(*) as total from found),
    place as (
      select request_id from found, counted where ${isAmongFirst || sql`total <= ${mostCounted}`} and ${beyond(asked)}
      ${order} limit ${asked.pageSize} offset ${(asked.page - 1) * asked.pageSize}
    )
    select session.*, total from counted left join lateral (
      select ${columns} from sessions
      where organization_id = ${reader.actor.organizationId} and request_id = any(array(select request_id from place))
    ) as session on true
    ${order}`.execute(tx);
  return sortedOf(rows, most);
}

/** The same in another order, for which rows have to be read. */
async function readSorted(tx: Transaction<Tables>, reader: Reader, asked: Asked): Promise<Sorted> {
  const most = mostByRow(asked);
  const { rows } = await sql<Found>`
    with found as materialized (select request_id as found_id from sessions where ${asked.found} limit ${mostCounted + 1}),
    counted as materialized (select count(*) as total from found)
    select page.*, total from counted left join lateral (
      select session.* from found cross join lateral (
        select ${columns}, duration_ms from sessions
        where organization_id = ${reader.actor.organizationId} and request_id = found_id offset 0
      ) as session
      where total <= ${most} and ${beyond(asked)}
      order by ${sessionOrder(asked.sort, reader)}
      limit ${asked.pageSize} offset ${(asked.page - 1) * asked.pageSize}
    ) as page on true`.execute(tx);
  return sortedOf(rows, most);
}

type Found = { total: number } & (SessionRow | { request_id: null });

function sortedOf(rows: readonly Found[], most: number): Sorted {
  const found = rows[0]?.total ?? 0;
  const counted = { total: Math.min(found, mostCounted), totalIsExact: found <= mostCounted };
  return found > most ? counted : { ...counted, rows: rows.filter((row) => row.request_id !== null) };
}
