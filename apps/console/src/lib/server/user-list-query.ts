/** From an address to the view of the users that it asks for. */
import { UserListQuery } from '@rollcall/core/schema/user';
import { type UserView, usualUserView } from '#lib/users/user-list-address.ts';
import { readParameter as read } from './read-parameter.ts';

/** What is empty, unknown or wrong in an address is as if it were not there. */
export function readUserView(parameters: URLSearchParams): UserView {
  const { shape } = UserListQuery;
  return {
    search: read(shape.search, parameters.get('search')) ?? usualUserView.search,
    status: read(shape.status, parameters.get('status')) ?? usualUserView.status,
    page: read(shape.page, parameters.get('page')) ?? usualUserView.page,
    pageSize: read(shape.pageSize, parameters.get('pageSize')) ?? usualUserView.pageSize,
  };
}
