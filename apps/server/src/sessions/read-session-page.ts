/** One page of sessions, found, ordered and counted by the database as core's `listSessions` does it. */
import { type Actor, may } from '@rollcall/core/permission';
import type { Query } from '@rollcall/core/query/syntax';
import type { SearchError, SessionListRequest } from '@rollcall/core/schema/session-list';
import { type RawBuilder, sql, type Transaction } from 'kysely';
import type { Tables } from '../database/tables.ts';
import { countSessions, mostCounted } from './count-sessions.ts';
import type { Moment } from './matching-sessions.ts';
import { sessionOrder } from './session-order.ts';
import type { SessionRow } from './session-row.ts';
import { isOnlyText, textPatterns } from './text-patterns.ts';
import { beyond, columns, understand } from './understand.ts';

export interface SessionPage {
  readonly rows: SessionRow[];
  readonly total: number;
  readonly totalIsExact: boolean;
  readonly searchErrors: SearchError[];
}

/** For whom, and as of when. */
export interface Reader extends Moment {
  readonly actor: Actor;
}

export async function readSessionPage(
  tx: Transaction<Tables>,
  reader: Reader,
  query: SessionListRequest,
): Promise<SessionPage> {
  const { tree, found, errors } = await understand(tx, reader, query);
  const asked = { ...query, tree, found };
  const few = await readFew(tx, reader, asked);
  const page = typeof few === 'object' ? few : await readMany(tx, reader, { ...asked, text: few });
  return { ...page, searchErrors: [...errors] };
}

interface Asked extends SessionListRequest {
  readonly tree: Query;
  readonly found: RawBuilder<boolean>;
}

type Page = Omit<SessionPage, 'searchErrors'>;

interface Counts {
  readonly with_text: number;
  readonly total: number;
}

/** Where the text of a search is rare, the index of trigrams finds all that have it, and the rest is judged one by one. */
async function readFew(tx: Transaction<Tables>, reader: Reader, asked: Asked): Promise<Page | 'common' | 'none'> {
  const patterns = textPatterns(asked.tree);
  if (patterns.length === 0) return 'none';
  const { rows } = await sql<Counts & (SessionRow | { request_id: null })>`
    with with_text as materialized (select sessions_with_text(${patterns}::text[], ${mostCounted + 1}) as request_id),
    found as materialized (
      select ${columns} from sessions
      where (select count(*) from with_text) <= ${mostCounted}
        and request_id in (select request_id from with_text) and ${asked.found}
    )
    select page.*, (select count(*) from with_text) as with_text, (select count(*) from found) as total
    from (values (1)) as always
    left join lateral (
      select * from found where ${beyond(asked)} order by ${sessionOrder(asked.sort, reader)}
      limit ${asked.pageSize} offset ${(asked.page - 1) * asked.pageSize}
    ) as page on true`.execute(tx);
  const [first] = rows;
  if (first === undefined || first.with_text > mostCounted) return 'common';
  const page = rows.filter((row) => row.request_id !== null);
  return { rows: page, total: first.total, totalIsExact: true };
}

/**
 * In their order until the page is full: soon, where nothing rare is asked for. From the nearer end of the list, and first only their ids: what is passed
 * over on the way to a far page is read from the index alone.
 */
async function readMany(tx: Transaction<Tables>, reader: Reader, asked: Asked & { text: string }): Promise<Page> {
  const isKnown = asked.text === 'common' && isOnlyText(asked.tree) && may(reader.actor, 'users:manage');
  const counted = isKnown ? { total: mostCounted, totalIsExact: false } : await countSessions(tx, reader, asked);
  const { total, totalIsExact } = counted;
  const offset = (asked.page - 1) * asked.pageSize;
  const isCounted = totalIsExact && asked.cursor === '';
  const limit = isCounted ? Math.max(0, Math.min(asked.pageSize, total - offset)) : asked.pageSize;
  if (limit === 0) return { rows: [], ...counted };
  const backward = isCounted && offset > total / 2;
  const { rows } = await sql<SessionRow>`
    with place as (
      select request_id from sessions
      where ${asked.found} and ${beyond(asked)}
      order by ${sessionOrder(asked.sort, reader, { backward })}
      limit ${limit} offset ${backward ? total - offset - limit : offset}
    )
    select ${columns} from sessions
    where organization_id = ${reader.actor.organizationId} and request_id in (select request_id from place)
    order by ${sessionOrder(asked.sort, reader, { backward })}`.execute(tx);
  return { rows: backward ? rows.toReversed() : rows, ...counted };
}
