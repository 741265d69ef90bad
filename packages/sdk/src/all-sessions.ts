/** Every session of a list that goes on changing while its pages are read. */
import type { Session, SessionList } from './wire.ts';

/** Which page is wanted next: the one with that number, or the one that comes after a cursor. */
export type Place = { readonly page: number } | { readonly cursor: string };

/**
 * The sessions of all pages, each once. By `createdAt` each page hands on to the next one by a cursor; in other orders pages are counted, and it ends at
 * the latest after one more than twice as many pages as there were in the beginning, however fast sessions come.
 */
export async function* allSessions(
  readPage: (place: Place) => Promise<SessionList>,
): AsyncGenerator<Session, void, undefined> {
  const seen = new Set<string>();
  let mostPages = Number.POSITIVE_INFINITY;
  let place: Place = { page: 1 };
  for (let read = 1; read <= mostPages; read += 1) {
    const list = await readPage(place);
    if (read === 1 && list.totalIsExact && list.nextCursor === undefined) mostPages = 2 * pagesOf(list) + 1;
    for (const session of list.sessions) {
      if (seen.has(session.requestId)) continue;
      seen.add(session.requestId);
      yield session;
    }
    if (isLast(list)) return;
    place = list.nextCursor === undefined ? { page: read + 1 } : { cursor: list.nextCursor };
  }
}

function isLast({ sessions, total, totalIsExact, page, pageSize, nextCursor }: SessionList): boolean {
  if (nextCursor !== undefined) return false;
  return sessions.length < pageSize || (totalIsExact && page * pageSize >= total);
}

function pagesOf({ total, pageSize }: SessionList): number {
  return Math.ceil(total / pageSize);
}
