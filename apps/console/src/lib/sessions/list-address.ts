/** The address of a view of the list: search, status, order, page and columns. What is as usual is not written. */
import { type ListColumn, usualColumns } from '@rollcall/core/list-column';
import type { SessionListQuery } from '@rollcall/core/schema/session-list';
import { resolve } from '$app/paths';

/** What is asked of the list, and what is shown of its sessions. */
export interface ListView extends SessionListQuery {
  readonly columns: readonly ListColumn[];
}

export const usualQuery: ListView = {
  ...{ search: '', status: 'all', sort: '-createdAt', page: 1, pageSize: 10 },
  columns: usualColumns,
};

/** `?search=ada&page=2`, or nothing where all is as usual. */
export function writeQuery(query: ListView): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of writtenMembers(query)) parameters.set(name, value);
  return parameters.size === 0 ? '' : `?${parameters}`;
}

/** The members of a view that are not as usual, as text. */
export function writtenMembers(query: ListView): (readonly [keyof ListView, string])[] {
  const names = ['search', 'status', 'sort', 'page', 'pageSize', 'columns'] as const;
  return names
    .map((name) => [name, String(query[name])] as const)
    .filter(([name, text]) => text !== String(usualQuery[name]));
}

/** The view with something changed. Whatever reorders or narrows the list leads to its first page; which columns are shown does neither. */
export function listAddress(query: ListView, change: Partial<ListView> = {}): string {
  return resolve('/(console)/system/user-sessions') + writeQuery(changed(query, change));
}

/** Everything known of one session, over that view. */
export function detailsAddress(requestId: string, query: ListView): string {
  return resolve('/(console)/system/user-sessions/[requestId]', { requestId }) + writeQuery(query);
}

/** The confirmation for one session, over that view. */
export function terminateAddress(requestId: string, query: ListView): string {
  return resolve('/(console)/system/user-sessions/[requestId]/terminate', { requestId }) + writeQuery(query);
}

/** The confirmation for all that a view finds, over it. */
export function terminateFoundAddress(query: ListView): string {
  return resolve('/(console)/system/user-sessions/terminate') + writeQuery(query);
}

/** The confirmation for those that are chosen in the table; which ones, and over which view, a form says. */
export const terminateSelectedAddress = resolve('/(console)/system/user-sessions/terminate-selected');

/** The views that were kept, over that view; with what is to be done with them. */
export function viewsAddress(query: ListView, action?: 'save' | 'remove'): string {
  const path = resolve('/(console)/system/user-sessions/views');
  const written = writeQuery(query);
  if (action === undefined) return path + written;
  return `${path}${written === '' ? '?' : `${written}&`}/${action}`;
}

/** The export of what that view finds, over it. */
export function exportAddress(query: ListView): string {
  return resolve('/(console)/system/user-sessions/export') + writeQuery(query);
}

function changed(query: ListView, change: Partial<ListView>): ListView {
  const page = Object.keys(change).every((name) => name === 'columns') ? query.page : 1;
  return { ...query, page, ...change };
}
