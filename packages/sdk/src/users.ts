/** Looking after the users of an organization. */
import type { Client } from 'openapi-fetch';
import { type CallOptions, dataOf, heeding } from './answer.ts';
import type { paths } from './schema.ts';
import type {
  ChangedUser,
  Invitation,
  Invited,
  PasswordReset,
  UserChange,
  UserDetails,
  UserList,
  UserQuery,
} from './wire.ts';

/** Needs `users:manage`; nobody can give what they lack, or touch whoever holds more. */
export interface Users {
  /** One page of the organization's users, by e-mail. */
  list(query?: UserQuery, options?: CallOptions): Promise<UserList>;
  /** One user; oneself needs no permission. */
  get(userId: string, options?: CallOptions): Promise<UserDetails>;
  /** Invites a person, whose link to choose a password is in the answer and nowhere else, or creates a service account. */
  invite(invitation: Invitation, options?: CallOptions): Promise<Invited>;
  /** What is left out stays. `last-administrator` where nobody would be left to administer the organization. */
  change(userId: string, change: UserChange, options?: CallOptions): Promise<ChangedUser>;
  /** Ends their sessions and frees their e-mail; it cannot be undone. */
  remove(userId: string, options?: CallOptions): Promise<ChangedUser>;
  /** Ends their sessions; with the link in the answer they choose another password. */
  resetPassword(userId: string, options?: CallOptions): Promise<PasswordReset>;
}

export function usersThrough(api: Client<paths>): Users {
  const naming = (userId: string) => ({ params: { path: { userId } } });
  return {
    list: (query = {}, options) => dataOf(api.GET('/api/Users', { params: { query }, ...heeding(options) })),
    get: async (userId, options) =>
      (await dataOf(api.GET('/api/User/{userId}', { ...naming(userId), ...heeding(options) }))).user,
    invite: (body, options) => dataOf(api.POST('/api/Users', { body, ...heeding(options) })),
    change: (userId, body, options) =>
      dataOf(api.PATCH('/api/User/{userId}', { ...naming(userId), body, ...heeding(options) })),
    remove: (userId, options) => dataOf(api.DELETE('/api/User/{userId}', { ...naming(userId), ...heeding(options) })),
    resetPassword: (userId, options) =>
      dataOf(api.POST('/api/UserPasswordReset/{userId}', { ...naming(userId), ...heeding(options) })),
  };
}
