/** The address of a view of the list: search, status, order, page and columns. What is as usual is not written. */
import { type ListColumn, listColumns, usualColumns } from '@rollcall/core/list-column';
import { sortFields, writeSort } from '@rollcall/core/order';
import type { SessionListQuery, SessionSort, SessionStatus } from '@rollcall/core/schema/session-list';
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

/** In the order in which they are offered. */
export const statuses: readonly SessionStatus[] = ['all', 'active', 'inactive'];

const sorts: readonly SessionSort[] = [true, false].flatMap((descending) =>
  sortFields.map((field) => writeSort({ field, descending })),
);

/** The view that was written to an address here. What may come from elsewhere is read by the schemas, which a browser is not sent. */
export function viewAt({ searchParams }: URL): ListView {
  const read = (name: keyof ListView) => searchParams.get(name) ?? String(usualQuery[name]);
  return {
    search: read('search'),
    status: statuses.find((status) => status === read('status')) ?? usualQuery.status,
    sort: sorts.find((sort) => sort === read('sort')) ?? usualQuery.sort,
    page: Number(read('page')),
    pageSize: Number(read('pageSize')),
    columns: read('columns')
      .split(',')
      .flatMap((name) => listColumns.find((column) => column === name) ?? []),
  };
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
