/** What a list answers: search, status, order and page, applied in memory. The database is held to this. */
import type { Instant } from './instant.ts';
import { isActiveAt } from './lifetime.ts';
import { orderSessions } from './order.ts';
import { pageOf } from './page.ts';
import type { Session } from './schema/session.ts';
import type { SessionList, SessionListQuery, SessionStatus } from './schema/session-list.ts';
import { searchSessions } from './search.ts';

/**
 * One page of the sessions that match, with the exact total of all that do. The status is judged at `now`; the order by `isActive` goes by what
 * the sessions say, as of that same instant.
 */
export function listSessions(sessions: readonly Session[], query: SessionListQuery, now: Instant): SessionList {
  const { search, status, sort, page, pageSize } = query;
  const found = searchSessions(sessions, search).filter((session) => hasStatus(session, status, now));
  return {
    sessions: pageOf(orderSessions(found, sort), page, pageSize),
    total: found.length,
    totalIsExact: true,
    page,
    pageSize,
  };
}

function hasStatus(session: Session, status: SessionStatus, now: Instant): boolean {
  return status === 'all' || isActiveAt(session, now) === (status === 'active');
}
