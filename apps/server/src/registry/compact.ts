/** Sessions of one organization, of one user, from one kind of browser say the same things: each is kept once. */
import type { SessionByKey } from '../database/database.ts';
import { Memory } from './memory.ts';

const mostKnown = 20_000;

/** The same text on its own: one that was cut out or put together keeps whatever it came from alive. ASCII only. */
export function flat(text: string): string {
  return Buffer.from(text, 'latin1').toString('latin1');
}

/** Makes rows smaller, not different. */
export function compactor(): (session: SessionByKey) => SessionByKey {
  const known = new Memory<string>(mostKnown);
  const permissions = new Map<string, SessionByKey['permissions']>();

  return function compact(session) {
    return {
      ...session,
      organization_id: once(session.organization_id),
      session_name: once(session.session_name),
      user_agent: once(session.user_agent),
      last_ip_address: session.last_ip_address === session.ip_address ? session.ip_address : session.last_ip_address,
      last_user_agent: once(session.last_user_agent),
      organization_slug: once(session.organization_slug),
      organization_name: once(session.organization_name),
      client_type: once(session.client_type),
      auth_method: once(session.auth_method),
      account_type: once(session.account_type),
      role: once(session.role),
      network_binding: once(session.network_binding),
      permissions: permitted(session.permissions),
      permissions_within: session.permissions_within && permitted(session.permissions_within),
      created_at: flat(session.created_at),
      last_activity: flat(session.last_activity),
      token_confirmed_at: flat(session.token_confirmed_at),
      read_at: flat(session.read_at),
    };
  };

  function once<T extends string>(text: T): T;
  function once(text: string): string {
    const before = known.get(text);
    if (before === undefined) known.set(text, text);
    return before ?? text;
  }

  // There are as many of these as there are subsets of the few permissions.
  function permitted(given: SessionByKey['permissions']): SessionByKey['permissions'] {
    const key = given.join();
    const before = permissions.get(key);
    if (before === undefined) permissions.set(key, given);
    return before ?? given;
  }
}
