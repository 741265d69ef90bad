/** One page of sessions, found, ordered and counted by the database as core's `listSessions` does it. */
import { parseSort } from '@rollcall/core/order';
import { may } from '@rollcall/core/permission';
import type { SearchError, SessionListRequest } from '@rollcall/core/schema/session-list';
import { type RawBuilder, sql, type Transaction } from 'kysely';
import type { Tables } from '../database/tables.ts';
import { countActive } from './count-active.ts';
import { countSessions, countUpTo, countWithText, mostCounted, type Total } from './count-sessions.ts';
import { isActive, type Reader } from './matching-sessions.ts';
import { sessionOrder } from './session-order.ts';
import type { SessionRow } from './session-row.ts';
import { type AboutText, aboutText } from './text-condition.ts';
import { beyond, columns, type Understood, understand } from './understand.ts';

export interface SessionPage {
  readonly rows: SessionRow[];
  readonly total: number;
  readonly totalIsExact: boolean;
  readonly searchErrors: SearchError[];
  /** How many active sessions each user on the page has. */
  readonly activeSessions: Record<string, number>;
}

export async function readSessionPage(
  tx: Transaction<Tables>,
  reader: Reader,
  query: SessionListRequest,
): Promise<SessionPage> {
  const { errors, ...understood } = await understand(tx, reader, query);
  const page = await readPage(tx, reader, { ...query, ...understood });
  const activeSessions = await countActive(tx, reader, page.rows);
  return { ...page, searchErrors: [...errors], activeSessions };
}

type Asked = SessionListRequest & Omit<Understood, 'errors'>;

type Page = Omit<SessionPage, 'searchErrors' | 'activeSessions'>;

// Of so many sessions with some text, each is asked for the rest of the search.
const mostCandidates = 20_000;

async function readPage(tx: Transaction<Tables>, reader: Reader, asked: Asked): Promise<Page> {
  if (asked.search.trim() === '') return await readInOrder(tx, reader, asked, await countSessions(tx, reader, asked));
  const text = aboutText(asked.tree);
  const withText = text && (await countWithText(tx, text.condition));
  const isAllKnown = text?.isAll && may(reader.actor, 'users:manage');
  const known = isAllKnown ? withText : await countByIndex(tx, asked);
  if (known && known.total > mostSorted(asked)) return await readInOrder(tx, reader, asked, known);
  const rare = withText?.totalIsExact && withText.total <= mostCandidates ? text : undefined;
  const found = rare ? sql<boolean>`(${hasText(rare)} and ${asked.found})` : asked.found;
  const { rows, ...counted } = await readSorted(tx, reader, { ...asked, found });
  return rows ? { rows, ...counted } : await readInOrder(tx, reader, asked, counted);
}

// What is asked for alone may be in an index, which is enough to count by; to sort, rows are needed.
async function countByIndex(tx: Transaction<Tables>, { tree, found }: Asked): Promise<Total | undefined> {
  const [only, ...others] = tree.kind === 'and' ? tree.parts : [tree];
  if (only === undefined || others.length > 0) return undefined;
  const isInIndex =
    only.kind === 'within' || only.kind === 'one-of' || only.kind === 'during' || only.kind === 'between';
  return isInIndex ? await countUpTo(tx, found) : undefined;
}

function hasText({ condition }: AboutText): RawBuilder<boolean> {
  return sql<boolean>`request_id in (select sessions_with_text(${JSON.stringify(condition)}::jsonb))`;
}

// Of a million sessions, a page of which one in a hundred is found has a hundred times as many passed over on the way; each of those costs a tenth of
// one that is read by its id to be sorted.
function mostSorted({ page, pageSize }: Asked): number {
  return Math.min(mostCounted, Math.floor(Math.sqrt(page * pageSize * 100_000)));
}

/** Finds by whichever index is best, and counts what is found up to a limit; where it is little, it is read and sorted at once. */
async function readSorted(
  tx: Transaction<Tables>,
  reader: Reader,
  asked: Asked,
): Promise<Total & { readonly rows?: SessionRow[] }> {
  const most = mostSorted(asked);
  const { rows } = await sql<{ total: number } & (SessionRow | { request_id: null })>`
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
  const found = rows[0]?.total ?? 0;
  const counted = { total: Math.min(found, mostCounted), totalIsExact: found <= mostCounted };
  return found > most ? counted : { ...counted, rows: rows.filter((row) => row.request_id !== null) };
}

/**
 * In their order until the page is full: soon, where nothing rare is asked for. From the nearer end of the list, and first only their ids: what is passed
 * over on the way to a far page is read from the index alone.
 */
async function readInOrder(tx: Transaction<Tables>, reader: Reader, asked: Asked, counted: Total): Promise<Page> {
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
    where organization_id = ${reader.actor.organizationId} and request_id in (select request_id from place)
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
