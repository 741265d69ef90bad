/** What a search asks of the database, and the pieces of the queries that answer it. */
import { parseCursor } from '@rollcall/core/cursor';
import { parseSort } from '@rollcall/core/order';
import { parseQuery } from '@rollcall/core/query/parse';
import type { QueryError } from '@rollcall/core/query/query-error';
import type { Query } from '@rollcall/core/query/syntax';
import type { SessionListQuery, SessionListRequest, SessionStatus } from '@rollcall/core/schema/session-list';
import { type RawBuilder, sql, type Transaction } from 'kysely';
import type { Tables } from '../database/tables.ts';
import { visibleTo } from './matching-sessions.ts';
import { conditionOf } from './query-conditions.ts';
import type { Reader } from './read-session-page.ts';
import { sessionColumns } from './session-row.ts';
import { agentsFor } from './user-agents.ts';

export interface Understood {
  readonly tree: Query;
  /** Whether a row is seen by the reader and found by the search. */
  readonly found: RawBuilder<boolean>;
  readonly errors: readonly QueryError[];
}

export async function understand(
  tx: Transaction<Tables>,
  reader: Reader,
  { search, status }: Pick<SessionListQuery, 'search' | 'status'>,
): Promise<Understood> {
  const { tree: searched, errors } = parseQuery(search, reader);
  const tree = withStatus(searched, status);
  const searching = { ...reader, agentsFor: await agentsFor(tx, reader.actor.organizationId, tree) };
  const found = sql<boolean>`(${visibleTo(reader.actor)} and ${conditionOf(tree, searching)})`;
  return { tree, found, errors };
}

function withStatus(tree: Query, status: SessionStatus): Query {
  if (status === 'all') return tree;
  const { at } = tree;
  return { kind: 'and', parts: [tree, { kind: 'one-of', field: 'status', values: [status], at }], at };
}

/** What the wire shows of a session is made of these. */
export const columns = sql.join(sessionColumns.map((column) => sql.ref(column)));

/** Whether a row comes after a cursor; every row does where there is none. */
export function beyond({ cursor, sort }: Pick<SessionListRequest, 'cursor' | 'sort'>): RawBuilder<boolean> {
  const place = parseCursor(cursor);
  if (place === undefined) return sql<boolean>`true`;
  const comes = parseSort(sort).descending ? sql`<` : sql`>`;
  return sql<boolean>`(created_at, request_id) ${comes} (${place.createdAt}::timestamptz, ${place.requestId}::uuid)`;
}
