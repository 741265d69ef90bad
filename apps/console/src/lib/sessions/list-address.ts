/** The address of a view of the list: search, status, order and page. What is as usual is not written. */
import type { SessionListQuery } from '@rollcall/core/schema/session-list';
import { resolve } from '$app/paths';

export const usualQuery: SessionListQuery = { search: '', status: 'all', sort: '-createdAt', page: 1, pageSize: 10 };

export const pageSizes = [10, 20, 50, 100];

/** `?search=ada&page=2`, or nothing where all is as usual. */
export function writeQuery(query: SessionListQuery): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== usualQuery[name as keyof SessionListQuery]) parameters.set(name, String(value));
  }
  return parameters.size === 0 ? '' : `?${parameters}`;
}

/** The view with something changed. Whatever reorders or narrows the list leads to its first page. */
export function listAddress(query: SessionListQuery, change: Partial<SessionListQuery> = {}): string {
  return resolve('/(console)/system/user-sessions') + writeQuery(changed(query, change));
}

/** The confirmation for one session, over that view. */
export function terminateAddress(requestId: string, query: SessionListQuery): string {
  return resolve('/(console)/system/user-sessions/[requestId]/terminate', { requestId }) + writeQuery(query);
}

function changed(query: SessionListQuery, change: Partial<SessionListQuery>): SessionListQuery {
  const page = Object.keys(change).length === 0 ? query.page : 1;
  return { ...query, page, ...change };
}
