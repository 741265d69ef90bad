import fc from 'fast-check';
import ipaddr from 'ipaddr.js';
import { describe, expect, test } from 'vitest';
import { canonicalAddress, containedIn, parseNetwork } from './network.ts';

describe('a network', () => {
  test.for([
    ['10.0.0.0/8', '10.0.0.0/8', '10.0.0.0', '10.255.255.255'],
    ['10.1.2.3/8', '10.0.0.0/8', '10.0.0.0', '10.255.255.255'],
    ['192.0.2.7/32', '192.0.2.7/32', '192.0.2.7', '192.0.2.7'],
    ['192.0.2.7/31', '192.0.2.6/31', '192.0.2.6', '192.0.2.7'],
    ['0.0.0.0/0', '0.0.0.0/0', '0.0.0.0', '255.255.255.255'],
    ['10.0.0.0/08', '10.0.0.0/8', '10.0.0.0', '10.255.255.255'],
    ['2001:DB8:0::7/32', '2001:db8::/32', '2001:db8::', '2001:db8:ffff:ffff:ffff:ffff:ffff:ffff'],
    ['::1/128', '::1/128', '::1', '::1'],
    ['::/0', '::/0', '::', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
    ['::ffff:10.0.0.0/104', '10.0.0.0/8', '10.0.0.0', '10.255.255.255'],
    ['::ffff:0:0/96', '0.0.0.0/0', '0.0.0.0', '255.255.255.255'],
    ['::ffff:0:0/95', '::fffe:0:0/95', '::fffe:0:0', '::ffff:ffff:ffff'],
  ] as const)('%s is %s, from %s to %s', ([text, cidr, first, last]) => {
    expect(parseNetwork(text)).toEqual({ cidr, first, last });
  });

  test.for([
    ...['', '/', '/8', '10.0.0.0', '10.0.0.0/', '10.0.0.0/33', '10.0.0.0/99', '10.0.0.0/-1', '10.0.0.0/8/8', '10/8'],
    ...['010.0.0.0/8', '256.0.0.0/8', '0x0a.0.0.0/8', '10.0.0.0/8 ', '10.0.0.0/99999999999999999999', 'ada/8'],
    ...['::/129', '::1', ':::/3', '1:2:3/16', 'fe80::%eth0/64', '::g/64', '10.0.0.0/255.0.0.0'],
  ])('is not %j', (text) => {
    expect(parseNetwork(text)).toBeUndefined();
  });
});

test.for([
  ['2001:0DB8:0:0::1', '2001:db8::1'],
  ['2001:db8::', '2001:db8::'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['::FFFF:C000:207', '192.0.2.7'],
  ['2001:DB8', '2001:DB8'],
  ['fe80::1%eth0', 'fe80::1%eth0'],
  ['192.0.2', '192.0.2'],
  ['192.0.2.7', '192.0.2.7'],
  ['office', 'office'],
] as const)('an address written %s is kept as %s', ([written, kept]) => {
  expect(canonicalAddress(written)).toBe(kept);
});

describe('a network contains', () => {
  const bytes = fc.constantFrom(4, 16).chain((length) => fc.uint8Array({ minLength: length, maxLength: length }));

  test('the addresses that begin with its bits, of its own family', () => {
    fc.assert(
      fc.property(bytes, bytes, fc.nat(128), fc.nat(128), (of, other, bits, changed) => {
        const prefix = bits % (of.length * 8 + 1);
        const network = parseNetwork(`${textOf(of)}/${prefix}`);
        const contains = containedIn(network ?? fail());
        expect(contains(textOf(other))).toBe(beginAlike(of, other, prefix));
        const near = withBitTurned(of, changed % (of.length * 8));
        expect(contains(textOf(near))).toBe(beginAlike(of, near, prefix));
      }),
    );
  });

  test('nothing of the other family, however small its number', () => {
    const everyIPv4 = containedIn(parseNetwork('0.0.0.0/0') ?? fail());
    const everyIPv6 = containedIn(parseNetwork('::/0') ?? fail());
    expect(['0.0.0.0', '255.255.255.255', '::', '::1'].map(everyIPv4)).toEqual([true, true, false, false]);
    expect(['0.0.0.0', '255.255.255.255', '::', '::1'].map(everyIPv6)).toEqual([false, false, true, true]);
  });

  test('its own first and last address, and neither neighbour', () => {
    const contains = containedIn(parseNetwork('10.0.0.0/8') ?? fail());
    expect(['9.255.255.255', '10.0.0.0', '10.255.255.255', '11.0.0.0'].map(contains)).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });
});

// Addresses within ::ffff:0:0/96 are written as IPv4, as sessions have them; chance does not meet them.
function textOf(bytes: Uint8Array): string {
  return ipaddr.fromByteArray([...bytes]).toString();
}

function beginAlike(a: Uint8Array, b: Uint8Array, bits: number): boolean {
  return a.length === b.length && bitsOf(a).slice(0, bits) === bitsOf(b).slice(0, bits);
}

function bitsOf(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
}

function withBitTurned(bytes: Uint8Array, bit: number): Uint8Array {
  const at = Math.floor(bit / 8);
  return bytes.with(at, (bytes[at] ?? 0) ^ (128 >> (bit % 8)));
}

function fail(): never {
  throw new Error('a network was not read');
}
