/** What a session's binding to its network does, in words. */
import type { NetworkBinding } from '@rollcall/core/schema/organization';

/** In the order in which they are offered. */
export const bindings = ['off', 'log', 'strict'] as const satisfies NetworkBinding[];

export const bindingNames: Readonly<Record<NetworkBinding, string>> = {
  off: 'Accepted',
  log: 'Accepted and audited',
  strict: 'Refused',
};

/** What follows from each. */
export const bindingConsequences: Readonly<Record<NetworkBinding, string>> = {
  off: 'Nothing is recorded of where a session is used.',
  log: 'The audit trail has it, once for each network of a session.',
  strict:
    'Whoever presents a session’s token from another network has to sign in there; the session itself goes on. Not for people who change networks while they work, or whose devices use IPv4 and IPv6 by turns.',
};
