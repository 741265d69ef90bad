/** What a list answers: search, status, order and page, applied in memory. The database is held to this. */

import { isBeyond, nextCursor } from './cursor.ts';
import { isActiveAt } from './lifetime.ts';
import { orderSessions } from './order.ts';
import { pageOf } from './page.ts';
import { predicateOf, type QueryContext } from './query/match.ts';
import { parseQuery } from './query/parse.ts';
import type { Session } from './schema/session.ts';
import type { SessionList, SessionListQuery, SessionListRequest, SessionStatus } from './schema/session-list.ts';

/**
 * One page of the sessions that match, with the exact total of all that do. Search and status are judged at `now`; the order by `isActive` goes by what
 * the sessions say, as of that same instant. What of the search was not understood is told, and the rest of it still filters.
 */
export function listSessions(
  sessions: readonly Session[],
  query: SessionListQuery & Partial<SessionListRequest>,
  context: QueryContext,
): SessionList {
  const { search, status, sort, page, pageSize, cursor = '' } = query;
  const { tree, errors } = parseQuery(search, context);
  const isFound = predicateOf(tree, context);
  const found = sessions.filter((session) => isFound(session) && hasStatus(session, status, context.now));
  const ordered = orderSessions(found, sort);
  const rest = ordered.filter((session) => isBeyond(session, cursor, sort));
  const shown = pageOf(rest, page, pageSize);
  const next = nextCursor(shown, query);
  return {
    sessions: shown,
    total: found.length,
    totalIsExact: true,
    page,
    pageSize,
    searchErrors: [...errors],
    activeSessions: Object.fromEntries(shown.map(({ userId }) => [userId, context.activeSessionsOf(userId)])),
    ...(next !== undefined && { nextCursor: next }),
  };
}

function hasStatus(session: Session, status: SessionStatus, now: QueryContext['now']): boolean {
  return status === 'all' || isActiveAt(session, now) === (status === 'active');
}
