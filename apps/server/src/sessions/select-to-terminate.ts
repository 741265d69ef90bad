/** Which sessions somebody means to end, judged one by one as core judges a termination. */
import type { Instant } from '@rollcall/core/instant';
import { expiresAt } from '@rollcall/core/lifetime';
import type { FieldProblem } from '@rollcall/core/schema/problem';
import { judgeTermination } from '@rollcall/core/termination';
import { type RawBuilder, sql, type Transaction } from 'kysely';
import type { Tables } from '../database/tables.ts';
import { invalid } from '../http/problem.ts';
import type { Reader } from './read-session-page.ts';
import { type SessionRow, spanOf } from './session-row.ts';
import type { Refusal } from './terminate.ts';
import { columns, understand } from './understand.ts';

const mostAtOnce = 500;

export interface Selected {
  /** How many would be ended, beyond those of one request too. */
  readonly count: number;
  readonly requestIds: readonly string[];
  readonly refused: readonly { readonly requestId: string; readonly reason: Refusal }[];
}

/** Which sessions a search means: those that it finds among the active ones, without the reader's own and those that began later. */
export interface Meant {
  readonly search: string;
  readonly at: Instant;
  /** Where the search was written. */
  readonly in: FieldProblem['in'];
}

export async function countFound(tx: Transaction<Tables>, reader: Reader, meant: Meant): Promise<number> {
  const isMeant = await conditionOf(tx, reader, meant);
  const { rows } = await sql<{ count: number }>`select count(*) as count from sessions where ${isMeant}`.execute(tx);
  return rows[0]?.count ?? 0;
}

export async function selectFound(tx: Transaction<Tables>, reader: Reader, meant: Meant): Promise<Selected> {
  const isMeant = await conditionOf(tx, reader, meant);
  const count = await countFound(tx, reader, meant);
  const rows = await lock(tx, sql`${isMeant} order by request_id limit ${mostAtOnce}`);
  return { count, requestIds: judge(rows, reader).allowed, refused: [] };
}

async function conditionOf(tx: Transaction<Tables>, reader: Reader, meant: Meant): Promise<RawBuilder<boolean>> {
  const { found, errors } = await understand(tx, reader, { search: meant.search, status: 'active' });
  const [first, ...others] = errors.map(({ message }) => ({ in: meant.in, field: 'search', message }));
  if (first) throw invalid([first, ...others]);
  return sql<boolean>`${found} and created_at <= ${meant.at}::timestamptz and request_id <> ${reader.actor.requestId}`;
}

export async function selectNamed(
  tx: Transaction<Tables>,
  reader: Reader,
  named: readonly string[],
): Promise<Selected> {
  const { organizationId } = reader.actor;
  const ids = [...new Set(named)];
  const rows = await lock(
    tx,
    sql`organization_id = ${organizationId} and request_id = any(${ids}::uuid[]) order by request_id`,
  );
  const { allowed, refused } = judge(rows, reader);
  const known = new Set(rows.map(({ request_id }) => request_id));
  const unknown = judgeTermination(reader.actor, undefined, reader.now);
  const absent = ids.filter((requestId) => !known.has(requestId));
  const notFound = unknown.allowed ? [] : absent.map((requestId) => ({ requestId, reason: unknown.reason }));
  return { count: allowed.length, requestIds: allowed, refused: [...refused, ...notFound] };
}

// In one order, so that two requests wait for one another instead of each for the other.
async function lock(tx: Transaction<Tables>, which: RawBuilder<unknown>): Promise<SessionRow[]> {
  return (await sql<SessionRow>`select ${columns} from sessions where ${which} for update`.execute(tx)).rows;
}

function judge(rows: readonly SessionRow[], { actor, timeouts, now }: Reader) {
  const allowed: string[] = [];
  const refused: { requestId: string; reason: Refusal }[] = [];
  for (const row of rows) {
    const { request_id: requestId, user_id: userId } = row;
    const { organizationId } = actor;
    const span = spanOf(row);
    const subject = { organizationId, requestId, userId, endedAt: span.endedAt, expiresAt: expiresAt(span, timeouts) };
    const verdict = judgeTermination(actor, subject, now);
    if (verdict.allowed) allowed.push(requestId);
    else refused.push({ requestId, reason: verdict.reason });
  }
  return { allowed, refused };
}
