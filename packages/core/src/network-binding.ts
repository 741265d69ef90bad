/** Whether a session may be used from where a request comes. */
import ipaddr from 'ipaddr.js';
import type { NetworkBinding } from './schema/organization.ts';

/** How much of an address is its network: what is commonly one site's, see docs/decisions/0016. */
const networkBits = { ipv4: 24, ipv6: 48 } as const;

export interface Whereabouts {
  readonly binding: NetworkBinding;
  /** The address from which the session was begun. */
  readonly begunFrom: string;
  /** The address from which it is used now. */
  readonly usedFrom: string;
}

/** `own` too wherever nobody asks. What is not accepted is refused without touching the session: its owner goes on. */
export type NetworkVerdict =
  | { readonly kind: 'own' }
  | { readonly kind: 'other'; readonly isAccepted: boolean; readonly network: string; readonly ownNetwork: string };

/** Addresses are valid ones, in any spelling. */
export function judgeNetwork({ binding, begunFrom, usedFrom }: Whereabouts): NetworkVerdict {
  if (binding === 'off' || usedFrom === begunFrom) return { kind: 'own' };
  const [network, ownNetwork] = [networkOf(usedFrom), networkOf(begunFrom)];
  return network === ownNetwork
    ? { kind: 'own' }
    : { kind: 'other', isAccepted: binding === 'log', network, ownNetwork };
}

/**
 * The network of an address in CIDR notation: `192.0.2.0/24`, `2001:db8:1::/48`. IPv4-mapped addresses are IPv4.
 *
 * @param address a valid one; anything else throws.
 */
export function networkOf(address: string): string {
  const parsed = ipaddr.process(address);
  const bits = networkBits[parsed.kind()];
  const family = parsed.kind() === 'ipv4' ? ipaddr.IPv4 : ipaddr.IPv6;
  return `${family.networkAddressFromCIDR(`${parsed}/${bits}`)}/${bits}`;
}
