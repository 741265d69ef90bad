/** Every session of a list that goes on changing while its pages are read. */
import { pageCount } from '@rollcall/core/page';
import type { Session, SessionList } from './wire.ts';

/**
 * The sessions of all pages, each once. Ends with the last page, and however fast sessions come, after one page more than twice as many as there were in
 * the beginning.
 */
export async function* allSessions(
  readPage: (page: number) => Promise<SessionList>,
): AsyncGenerator<Session, void, undefined> {
  const seen = new Set<string>();
  let mostPages = Number.POSITIVE_INFINITY;
  for (let page = 1; page <= mostPages; page += 1) {
    const list = await readPage(page);
    if (page === 1 && list.totalIsExact) mostPages = 2 * pageCount(list.total, list.pageSize) + 1;
    for (const session of list.sessions) {
      if (seen.has(session.requestId)) continue;
      seen.add(session.requestId);
      yield session;
    }
    if (isLast(list)) return;
  }
}

function isLast({ sessions, total, totalIsExact, page, pageSize }: SessionList): boolean {
  return sessions.length < pageSize || (totalIsExact && page * pageSize >= total);
}
