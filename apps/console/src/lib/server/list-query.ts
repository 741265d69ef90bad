/** From an address to the view of the list that it asks for. */
import { ListColumns } from '@rollcall/core/schema/saved-view';
import { SessionListQuery } from '@rollcall/core/schema/session-list';
import { PlainText } from '@rollcall/core/schema/text';
import { type ListView, usualQuery } from '#lib/sessions/list-address.ts';
import { readParameter as read } from './read-parameter.ts';

/**
 * What is empty, unknown or wrong in an address is as if it were not there: a link that somebody shortened still works. A search that asks for too much
 * stays, so that it is told and not taken for none.
 */
export function readQuery(parameters: URLSearchParams): ListView {
  const { shape } = SessionListQuery;
  return {
    search: read(PlainText, parameters.get('search')) ?? usualQuery.search,
    status: read(shape.status, parameters.get('status')) ?? usualQuery.status,
    sort: read(shape.sort, parameters.get('sort')) ?? usualQuery.sort,
    page: read(shape.page, parameters.get('page')) ?? usualQuery.page,
    pageSize: read(shape.pageSize, parameters.get('pageSize')) ?? usualQuery.pageSize,
    columns: readColumns(parameters.get('columns')) ?? usualQuery.columns,
  };
}

/** What of a view the API is asked. */
export function requestOf({ search, status, sort, page, pageSize }: ListView): SessionListQuery {
  return { search, status, sort, page, pageSize };
}

function readColumns(text: string | null) {
  return text === null ? undefined : ListColumns.safeParse(text.split(',')).data;
}
