/** The addresses of the page of users, and of the dialogs that lie over it. What is as usual is not written. */
import type { UserListQuery } from '@rollcall/core/schema/user';
import { listAddress, usualQuery } from '#lib/sessions/list-address.ts';
import { resolve } from '$app/paths';

export type UserView = Pick<UserListQuery, 'search' | 'status' | 'page' | 'pageSize'>;

export const usualUserView: UserView = { search: '', status: 'all', page: 1, pageSize: 20 };

/** What can be done to a user beside changing their rights. */
export const userActions = ['disable', 'enable', 'reset-password', 'remove'] as const;
export type UserAction = (typeof userActions)[number];

/** The members of a view that are not as usual, as text. */
export function writtenMembers(view: UserView): (readonly [keyof UserView, string])[] {
  const names = ['search', 'status', 'page', 'pageSize'] as const;
  return names
    .map((name) => [name, String(view[name])] as const)
    .filter(([name, text]) => text !== String(usualUserView[name]));
}

/** In the order in which they are offered. */
export const statuses: readonly UserListQuery['status'][] = ['all', 'active', 'invited', 'disabled'];

/** The view that was written to an address here. What may come from elsewhere is read by the schemas, which a browser is not sent. */
export function viewAt({ searchParams }: URL): UserView {
  const read = (name: keyof UserView) => searchParams.get(name) ?? String(usualUserView[name]);
  return {
    search: read('search'),
    status: statuses.find((status) => status === read('status')) ?? usualUserView.status,
    page: Number(read('page')),
    pageSize: Number(read('pageSize')),
  };
}

/** The list with something changed. Whatever narrows it leads to its first page. */
export function usersAddress(view: UserView, change: Partial<UserView> = {}): string {
  return resolve('/(console)/system/users') + written({ ...view, page: 1, ...change });
}

/** The same list, on the same page. */
export function sameUsersAddress(view: UserView): string {
  return usersAddress(view, { page: view.page });
}

export function inviteAddress(view: UserView): string {
  return resolve('/(console)/system/users/invite') + written(view);
}

/** Everything known of one user, over that list. */
export function userAddress(userId: string, view: UserView): string {
  return resolve('/(console)/system/users/[userId]', { userId }) + written(view);
}

/** The question before something is done to one user, over that list. */
export function userActionAddress(userId: string, action: UserAction, view: UserView): string {
  return resolve('/(console)/system/users/[userId]/[action]', { userId, action }) + written(view);
}

/** Their active sessions, and nobody else's. */
export function sessionsOfAddress(email: string): string {
  return listAddress({ ...usualQuery, search: `user:=${email}`, status: 'active' });
}

function written(view: UserView): string {
  const parameters = new URLSearchParams();
  for (const [name, text] of writtenMembers(view)) parameters.set(name, text);
  return parameters.size === 0 ? '' : `?${parameters}`;
}
