/** Every session that is found, some at a time: nobody waits for a transaction that goes on for as long as somebody downloads. */
import { writeCursor } from '@rollcall/core/cursor';
import type { SessionExportQuery } from '@rollcall/core/schema/session-export';
import { type RawBuilder, sql, type Transaction } from 'kysely';
import type { Database } from '../database/database.ts';
import type { Tables } from '../database/tables.ts';
import type { Reader } from '../sessions/matching-sessions.ts';
import { sessionOrder } from '../sessions/session-order.ts';
import type { SessionRow } from '../sessions/session-row.ts';
import { beyond, columns } from '../sessions/understand.ts';

const batchSize = 2000;

export interface Wanted extends Pick<SessionExportQuery, 'sort'> {
  /** Whether a row is among them. */
  readonly found: RawBuilder<boolean>;
}

/** In the order of sign-in; the next ones are read while these are being sent. */
export async function* readBatches(
  database: Database,
  reader: Reader,
  wanted: Wanted,
): AsyncGenerator<SessionRow[], void, undefined> {
  const readAfter = (cursor: string) =>
    database.inOrganization(reader.actor.organizationId, (tx) => readBatch(tx, reader, { ...wanted, cursor }));
  let batch = await readAfter('');
  for (;;) {
    const last = batch.length === batchSize ? batch.at(-1) : undefined;
    const next = last && readAfter(writeCursor({ createdAt: last.created_at, requestId: last.request_id }));
    // Whoever stops reading hears of no failure any more.
    next?.catch(() => undefined);
    yield batch;
    if (next === undefined) return;
    batch = await next;
  }
}

async function readBatch(
  tx: Transaction<Tables>,
  reader: Reader,
  wanted: Wanted & { readonly cursor: string },
): Promise<SessionRow[]> {
  const { rows } = await sql<SessionRow>`
    select ${columns} from sessions where ${wanted.found} and ${beyond(wanted)}
    order by ${sessionOrder(wanted.sort, reader)} limit ${batchSize}`.execute(tx);
  return rows;
}
