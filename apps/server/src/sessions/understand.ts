/** What a search asks of the database, and the pieces of the queries that answer it. */
import { parseCursor } from '@rollcall/core/cursor';
import { parseSort } from '@rollcall/core/order';
import { parseQuery } from '@rollcall/core/query/parse';
import type { QueryError } from '@rollcall/core/query/query-error';
import type { Query } from '@rollcall/core/query/syntax';
import type { FieldProblem } from '@rollcall/core/schema/problem';
import type { SessionListQuery, SessionListRequest, SessionStatus } from '@rollcall/core/schema/session-list';
import { type RawBuilder, sql, type Transaction } from 'kysely';
import type { Tables } from '../database/tables.ts';
import { invalid } from '../http/problem.ts';
import { type Reader, visibleTo } from './matching-sessions.ts';
import { conditionOf } from './query-conditions.ts';
import { sessionColumns } from './session-row.ts';
import { statusAlone } from './status-alone.ts';
import { agentsFor } from './user-agents.ts';

export interface Understood {
  readonly tree: Query;
  /** The status of what is found. */
  readonly status: SessionStatus;
  /** Everything that has it is found. */
  readonly asksNothing: boolean;
  /** Whether a row is seen by the reader and found by the search. */
  readonly found: RawBuilder<boolean>;
  /** Whether a row, of those that the reader sees and that are these users', is found by some of the search. */
  readonly meets: (part: Query, users: RawBuilder<unknown>) => RawBuilder<boolean>;
  /** The same, for whoever asks rows in the order in which they began. */
  readonly foundInOrder: RawBuilder<boolean>;
  /** The same, for whoever asks one row after the other and soon stops. */
  readonly foundRowByRow: RawBuilder<boolean>;
  readonly errors: readonly QueryError[];
}

export async function understand(
  tx: Transaction<Tables>,
  reader: Reader,
  { search, status }: Pick<SessionListQuery, 'search' | 'status'>,
): Promise<Understood> {
  const { tree: searched, errors } = parseQuery(search, reader);
  const asked = withStatus(searched, status);
  const alone = statusAlone(asked);
  const tree = alone ? withStatus({ kind: 'and', parts: [], at: asked.at }, alone) : asked;
  const searching = { ...reader, agentsFor: await agentsFor(tx, reader.actor.organizationId, tree) };
  const found = (condition: RawBuilder<boolean>) => sql<boolean>`(${visibleTo(reader.actor)} and ${condition})`;
  return {
    tree,
    status: alone ?? status,
    asksNothing: alone !== undefined,
    found: found(conditionOf(tree, searching)),
    meets: (part, users) => conditionOf(part, { ...searching, users }),
    foundInOrder: found(conditionOf(tree, { ...searching, inOrder: true })),
    foundRowByRow: found(conditionOf(tree, { ...searching, rowByRow: true })),
    errors,
  };
}

/** Whether a row is found by a search of which nothing may be left out: more would leave, or end, than was meant. Throws a problem otherwise. */
export async function understandWholly(
  tx: Transaction<Tables>,
  reader: Reader,
  asked: Pick<SessionListQuery, 'search' | 'status'> & Pick<FieldProblem, 'in'>,
): Promise<RawBuilder<boolean>> {
  const { found, errors } = await understand(tx, reader, asked);
  const [first, ...others] = errors.map(({ message }) => ({ in: asked.in, field: 'search', message }));
  if (first) throw invalid([first, ...others]);
  return found;
}

export async function countFound(tx: Transaction<Tables>, found: RawBuilder<boolean>): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from sessions where ${found}`.execute(tx);
  return rows[0]?.count ?? 0;
}

function isNothing(query: Query): boolean {
  return query.kind === 'and' && query.parts.length === 0;
}

function withStatus(tree: Query, status: SessionStatus): Query {
  if (status === 'all') return tree;
  const { at } = tree;
  const isMeant: Query = { kind: 'one-of', field: 'status', values: [status], at };
  return isNothing(tree) ? isMeant : { kind: 'and', parts: [tree, isMeant], at };
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
