/** Who is at the other end of a request: the address that is believed, and what the client says it is. */
import type { IncomingMessage } from 'node:http';
import type { AddressHop as Hop } from '@rollcall/core/schema/client-address';
import { plainUserAgent } from '@rollcall/core/user-agent';
import ipaddr from 'ipaddr.js';
import { Memory } from '../registry/memory.ts';

/** What a request came with. Whoever hands it to the API says so, because headers alone can be made up. */
export interface ClientFacts {
  /** The other end of the socket; undefined once that is gone. */
  readonly peerAddress: string | undefined;
  readonly forwardedFor: string | undefined;
  readonly userAgent: string | undefined;
}

export interface Client {
  /** Canonical: IPv4 dotted, IPv6 as RFC 5952 writes it, IPv4-mapped ones as IPv4, no zone. */
  readonly ipAddress: string;
  /** At most 512 characters, none of them a control character. */
  readonly userAgent: string;
}

interface IncomingFacts extends Pick<IncomingMessage, 'headers'> {
  readonly socket: Pick<IncomingMessage['socket'], 'remoteAddress'>;
}

const unspecified = '0.0.0.0';

/**
 * The second argument of the app's `fetch`, for a request that arrived on a socket and likewise for one that is made in this process on
 * behalf of a browser: `incoming` is then the browser's own request.
 */
export function bindingsOf(incoming: IncomingFacts): { client: ClientFacts } {
  const forwardedFor = incoming.headers['x-forwarded-for'];
  return {
    client: {
      peerAddress: incoming.socket.remoteAddress,
      forwardedFor: Array.isArray(forwardedFor) ? forwardedFor.join(',') : forwardedFor,
      userAgent: incoming.headers['user-agent'],
    },
  };
}

/** Judges facts with these proxies trusted: addresses, or networks such as `10.0.0.0/8`. */
export function clientReader(trustedProxies: readonly string[]): (facts: ClientFacts) => Client {
  const networks = trustedProxies.map(parseNetwork);
  const addressOf = remembering((hops) => {
    const [peer = '', forwardedFor = ''] = hops.split('\n');
    return (believed(peer, forwardedFor, networks) ?? ipaddr.parse(unspecified)).toString();
  });
  const userAgentOf = remembering(plainUserAgent);
  return ({ peerAddress = '', forwardedFor = '', userAgent = '' }) => ({
    ipAddress: addressOf(`${peerAddress}\n${forwardedFor}`),
    userAgent: userAgentOf(userAgent),
  });
}

// The same clients come again and again. What is unusually long is not worth the memory.
function remembering(read: (text: string) => string): (text: string) => string {
  const known = new Memory<string>(1000);
  return function readOnce(text) {
    const before = known.get(text);
    if (before !== undefined) return before;
    const result = read(text);
    if (text.length < 600) known.set(text, result);
    return result;
  };
}

/** The canonical text of a valid address. */
export function canonicalAddress(address: string): string {
  return parseAddress(address)?.toString() ?? unspecified;
}

type Address = ipaddr.IPv4 | ipaddr.IPv6;
type Network = [Address, number];

/** How a client's address was decided: from the socket on outwards, as far as anything was written. */
export function explainAddress(
  { peerAddress = '', forwardedFor }: ClientFacts,
  trustedProxies: readonly string[],
): Hop[] {
  const written = writtenHops(peerAddress, forwardedFor ?? '');
  const decided = decidedAt(written, trustedProxies.map(parseNetwork));
  return written.map((text, place) => ({
    written: plainUserAgent(text),
    source: place === 0 ? 'connection' : 'x-forwarded-for',
    verdict: place < decided ? 'trusted-proxy' : place === decided ? 'client' : 'not-believed',
  }));
}

function believed(peer: string, forwardedFor: string, trusted: readonly Network[]): Address | undefined {
  const hops = writtenHops(peer, forwardedFor);
  return parseAddress(withoutPort(hops[decidedAt(hops, trusted)] ?? ''));
}

// The newest first: from the right, every hop was written by the one before it.
function writtenHops(peer: string, forwardedFor: string): string[] {
  const forwarded = forwardedFor.trim() === '' ? [] : forwardedFor.split(',');
  return [peer, ...forwarded.toReversed().map((hop) => hop.trim())];
}

// As long as a hop is trusted, its word about the next counts, where that is an address at all.
function decidedAt(hops: readonly string[], trusted: readonly Network[]): number {
  const addresses = hops.map((hop) => parseAddress(withoutPort(hop)));
  let place = 0;
  while (addresses[place + 1] && trusted.some((network) => contains(network, addresses[place]))) place += 1;
  return place;
}

function contains([base, bits]: Network, address: Address | undefined): boolean {
  if (base instanceof ipaddr.IPv4) return address instanceof ipaddr.IPv4 && address.match(base, bits);
  return address instanceof ipaddr.IPv6 && address.match(base, bits);
}

function parseNetwork(text: string): Network {
  if (text.includes('/')) return ipaddr.parseCIDR(text);
  const address = ipaddr.process(text);
  return [address, address.kind() === 'ipv4' ? 32 : 128];
}

function parseAddress(text: string): Address | undefined {
  const address = text.trim().replace(/%.*$/, '');
  const isAddress = address.includes(':') ? ipaddr.IPv6.isValid(address) : ipaddr.IPv4.isValidFourPartDecimal(address);
  return isAddress ? ipaddr.process(address) : undefined;
}

// Some proxies add the port: 192.0.2.7:5678, [2001:db8::1]:5678.
function withoutPort(hop: string): string {
  const [, bracketed, dotted] = /^\s*(?:\[(.*)\](?::\d+)?|([\d.]+):\d+)\s*$/.exec(hop) ?? [];
  return bracketed ?? dotted ?? hop;
}
