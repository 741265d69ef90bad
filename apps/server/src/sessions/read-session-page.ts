/** One page of sessions, found, ordered and counted by the database as core's `listSessions` does it. */
import { parseSort } from '@rollcall/core/order';
import { may } from '@rollcall/core/permission';
import type { Query } from '@rollcall/core/query/syntax';
import type { SearchError, SessionListRequest } from '@rollcall/core/schema/session-list';
import { type RawBuilder, sql, type Transaction } from 'kysely';
import type { Tables } from '../database/tables.ts';
import { countActive } from './count-active.ts';
import { countSessions, mostCounted } from './count-sessions.ts';
import { isActive, type Reader } from './matching-sessions.ts';
import { sessionOrder } from './session-order.ts';
import type { SessionRow } from './session-row.ts';
import { isOnlyText, textPatterns } from './text-patterns.ts';
import { beyond, columns, understand } from './understand.ts';

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
  const { tree, found, errors } = await understand(tx, reader, query);
  const asked = { ...query, tree, found };
  const page = (await readRare(tx, reader, asked)) ?? (await readMany(tx, reader, asked));
  const activeSessions = await countActive(tx, reader, page.rows);
  return { ...page, searchErrors: [...errors], activeSessions };
}

interface Asked extends SessionListRequest {
  readonly tree: Query;
  readonly found: RawBuilder<boolean>;
}

type Page = Omit<SessionPage, 'searchErrors' | 'activeSessions'>;

interface Found {
  /** How many have the text of the search. */
  readonly with_text: number;
  readonly total: number;
}

/**
 * All that is found at once, as long as it is little: by whichever index is best, and then sorted. Undefined where there is too much of it, or nothing is
 * searched for. Rare text is found by the index of trigrams, and the rest is judged one by one; where it is common, many are, and nobody counts on.
 */
async function readRare(tx: Transaction<Tables>, reader: Reader, asked: Asked): Promise<Page | undefined> {
  if (asked.search.trim() === '') return undefined;
  const rare = await readFound(tx, reader, asked, textPatterns(asked.tree));
  if (typeof rare === 'object') return rare;
  const isAllFound = isOnlyText(asked.tree) && may(reader.actor, 'users:manage');
  const found = rare === 'common text' && !isAllFound ? await readFound(tx, reader, asked, []) : rare;
  return typeof found === 'object' ? found : undefined;
}

async function readFound(
  tx: Transaction<Tables>,
  reader: Reader,
  asked: Asked,
  patterns: readonly string[],
): Promise<Page | 'common text' | 'many'> {
  const most = sql.lit(mostCounted);
  const withText =
    patterns.length === 0
      ? sql`select null::uuid as request_id where false`
      : sql`select sessions_with_text(${patterns}::text[], ${most} + 1) as request_id`;
  const isAmongThem =
    patterns.length === 0
      ? sql`true`
      : sql`(select count(*) from with_text) <= ${most} and request_id in (select request_id from with_text)`;
  const { rows } = await sql<Found & (SessionRow | { request_id: null })>`
    with with_text as materialized (${withText}),
    found as materialized (select ${columns} from sessions where ${isAmongThem} and ${asked.found} limit ${most} + 1)
    select page.*, (select count(*) from with_text) as with_text, (select count(*) from found) as total
    from (values (1)) as always
    left join lateral (
      select * from found where (select count(*) from found) <= ${most} and ${beyond(asked)}
      order by ${sessionOrder(asked.sort, reader)}
      limit ${asked.pageSize} offset ${(asked.page - 1) * asked.pageSize}
    ) as page on true`.execute(tx);
  const [first] = rows;
  if (first === undefined || first.with_text > mostCounted) return 'common text';
  if (first.total > mostCounted) return 'many';
  return { rows: rows.filter((row) => row.request_id !== null), total: first.total, totalIsExact: true };
}

/**
 * In their order until the page is full: soon, where nothing rare is asked for. From the nearer end of the list, and first only their ids: what is passed
 * over on the way to a far page is read from the index alone.
 */
async function readMany(tx: Transaction<Tables>, reader: Reader, asked: Asked): Promise<Page> {
  const isSearch = asked.search.trim() !== '';
  const counted = isSearch ? { total: mostCounted, totalIsExact: false } : await countSessions(tx, reader, asked);
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
  const { found, sort, backward, limit, offset } = asked;
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
