/** Which sessions somebody means to end, judged one by one as core judges a termination. */
import type { Instant } from '@rollcall/core/instant';
import { expiresAt } from '@rollcall/core/lifetime';
import type { FieldProblem } from '@rollcall/core/schema/problem';
import { mostTerminations } from '@rollcall/core/schema/terminations';
import { judgeTermination } from '@rollcall/core/termination';
import { type RawBuilder, sql, type Transaction } from 'kysely';
import type { Tables } from '../database/tables.ts';
import type { Reader } from './matching-sessions.ts';
import { type SessionRow, spanOf } from './session-row.ts';
import type { Refusal } from './terminate.ts';
import { columns, countFound, understandWholly } from './understand.ts';

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

export async function countMeant(tx: Transaction<Tables>, reader: Reader, meant: Meant): Promise<number> {
  return await countFound(tx, await conditionOf(tx, reader, meant));
}

export async function selectMeant(tx: Transaction<Tables>, reader: Reader, meant: Meant): Promise<Selected> {
  const isMeant = await conditionOf(tx, reader, meant);
  const rows = await lock(tx, sql`${isMeant} order by request_id limit ${mostTerminations}`);
  return { count: await countFound(tx, isMeant), requestIds: judge(rows, reader).allowed, refused: [] };
}

async function conditionOf(tx: Transaction<Tables>, reader: Reader, meant: Meant): Promise<RawBuilder<boolean>> {
  const found = await understandWholly(tx, reader, { search: meant.search, status: 'active', in: meant.in });
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
