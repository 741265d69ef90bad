/** One page of sessions, found, ordered and counted by the database as core's `listSessions` does it. */
import { may } from '@rollcall/core/permission';
import type { SessionListRequest } from '@rollcall/core/schema/session-list';
import type { Transaction } from 'kysely';
import type { Tables } from '../database/tables.ts';
import { countActive } from './count-active.ts';
import type { Reader } from './matching-sessions.ts';
import { readAll } from './read-all.ts';
import { readFound } from './read-found.ts';
import { readInOrder } from './read-in-order.ts';
import { readWithText } from './read-with-text.ts';
import type { Asked, Page, SessionPage } from './session-page.ts';
import { aboutText } from './text-condition.ts';
import { understand } from './understand.ts';

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

async function readPage(tx: Transaction<Tables>, reader: Reader, asked: Asked): Promise<Page> {
  if (asked.asksNothing) return await readAll(tx, reader, asked);
  // one's own sessions are fewer than the texts of all
  const text = may(reader.actor, 'users:manage') ? aboutText(asked.tree) : undefined;
  if (text) {
    const { withText, page } = await readWithText(tx, reader, asked, text);
    if (page) return page;
    if (text.rest === undefined) return await readInOrder(tx, reader, asked, withText);
  }
  const { rows, ...counted } = await readFound(tx, reader, asked);
  return rows ? { rows, ...counted } : await readInOrder(tx, reader, asked, counted);
}
