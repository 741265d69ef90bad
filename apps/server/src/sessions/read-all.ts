/** A page of all sessions, as it is when nothing is searched for: what an administrator sees first. */
import { parseSort } from '@rollcall/core/order';
import { may } from '@rollcall/core/permission';
import { sql, type Transaction } from 'kysely';
import { executePlannedOnce } from '../database/planned-once.ts';
import type { Tables } from '../database/tables.ts';
import { countSessions } from './count-sessions.ts';
import type { Reader } from './matching-sessions.ts';
import { readByStatus } from './read-by-status.ts';
import { readInOrder } from './read-in-order.ts';
import { sessionOrder } from './session-order.ts';
import type { Asked, Page } from './session-page.ts';
import type { SessionRow } from './session-row.ts';
import { columns } from './understand.ts';

export async function readAll(tx: Transaction<Tables>, reader: Reader, asked: Asked): Promise<Page> {
  if (parseSort(asked.sort).field === 'isActive') return await readByStatus(tx, reader, asked);
  const count = countSessions(tx, reader, asked);
  if (!isFirstOfAll(reader, asked)) return await readInOrder(tx, reader, asked, await count);
  // Neither waits for the other: nothing of this page depends on how many there are. Each is one statement, so that when one fails nothing is asked in the
  // name of a transaction that is over.
  const [counted, rows] = await Promise.all([count, readFirst(tx, reader, asked)]);
  return { rows, ...counted };
}

// For these orders there is an index, and nothing else to go by.
function isFirstOfAll({ actor }: Reader, { page, cursor, status }: Asked): boolean {
  return status === 'all' && may(actor, 'users:manage') && page === 1 && cursor === '';
}

function readFirst(tx: Transaction<Tables>, reader: Reader, { sort, pageSize }: Asked): Promise<SessionRow[]> {
  // Selected, as if it were unknown: a plan for this very organization looks cheaper than the same plan for any, and would be made each time.
  const query = sql<SessionRow>`
    select ${columns} from sessions where organization_id = (select ${reader.actor.organizationId}::uuid)
    order by ${sessionOrder(sort, reader)} limit ${sql.lit(pageSize)}`;
  return executePlannedOnce(tx, query);
}
