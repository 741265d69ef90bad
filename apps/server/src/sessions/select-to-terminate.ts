/** Which sessions somebody means to end, judged one by one as core judges a termination. */
import type { Instant } from '@rollcall/core/instant';
import { expiresAt } from '@rollcall/core/lifetime';
import type { TerminationMark, TerminationsRequest } from '@rollcall/core/schema/terminations';
import { judgeTermination } from '@rollcall/core/termination';
import { type RawBuilder, sql, type Transaction } from 'kysely';
import type { Tables } from '../database/tables.ts';
import { invalid } from '../http/problem.ts';
import type { Reader } from './read-session-page.ts';
import { type SessionRow, spanOf } from './session-row.ts';
import type { Refusal } from './terminate.ts';
import { columns, understand } from './understand.ts';

export const mostAtOnce = 500;

export interface Selected {
  /** How many would be ended, beyond those of one request too. */
  readonly count: number;
  readonly requestIds: readonly string[];
  readonly refused: readonly { readonly requestId: string; readonly reason: Refusal }[];
}

export interface Meant extends Pick<TerminationsRequest, 'search' | 'requestIds'> {
  /** Sessions that began later are not meant. */
  readonly mark: Pick<TerminationMark, 'at'>;
}

export async function select(tx: Transaction<Tables>, reader: Reader, meant: Meant): Promise<Selected> {
  return meant.requestIds === undefined
    ? await selectFound(tx, reader, { search: meant.search ?? '', at: meant.mark.at })
    : await selectNamed(tx, reader, meant.requestIds);
}

/** What a list of active sessions finds by that search, without the reader's own session. */
async function selectFound(tx: Transaction<Tables>, reader: Reader, { search, at }: { search: string; at: Instant }) {
  const { found, errors } = await understand(tx, reader, { search, status: 'active' });
  const [first, ...others] = errors.map(({ message }) => ({ in: 'body', field: 'search', message }) as const);
  if (first) throw invalid([first, ...others]);
  const isMeant = sql<boolean>`${found} and created_at <= ${at}::timestamptz and request_id <> ${reader.actor.requestId}`;
  const counted = await sql<{ count: number }>`select count(*) as count from sessions where ${isMeant}`.execute(tx);
  const rows = await lock(tx, sql`${isMeant} order by request_id limit ${mostAtOnce}`);
  const { allowed } = judge(rows, reader);
  return { count: counted.rows[0]?.count ?? 0, requestIds: allowed, refused: [] };
}

async function selectNamed(tx: Transaction<Tables>, reader: Reader, named: readonly string[]): Promise<Selected> {
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
