import fc from 'fast-check';
import ipaddr from 'ipaddr.js';
import { expect, test } from 'vitest';
import { addressOrder } from './address.ts';

test('sorts by number, not by digit, and IPv4 before IPv6', () => {
  const ascending = [
    ...['0.0.0.0', '9.9.9.9', '10.0.0.1', '10.0.0.10', '10.0.1.0', '192.0.2.7', '192.0.2.70', '255.255.255.255'],
    ...[
      '::',
      '::1',
      '::a',
      '::10',
      '::102:304',
      '1::',
      '1::1',
      '1:2::',
      '2001:db8::1',
      '2001:db8::10',
      '2001:db8::1:0',
    ],
    ...['2001:db8:1::', 'fe80::1', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
  ];
  expect([...ascending].reverse().sort(byAddress)).toEqual(ascending);
});

test('agrees with the address read as one number', () => {
  const address = fc.oneof(
    fc.uint8Array({ minLength: 4, maxLength: 4 }),
    fc.uint8Array({ minLength: 16, maxLength: 16 }),
    fc.array(fc.constantFrom(0, 0, 1), { minLength: 16, maxLength: 16 }).map((bytes) => Uint8Array.from(bytes)),
  );
  fc.assert(
    fc.property(address, address, (a, b) => {
      expect(Math.sign(byAddress(textOf(a), textOf(b)))).toBe(byNumber(a, b));
    }),
  );
});

function byAddress(a: string, b: string): number {
  const [x, y] = [addressOrder(a), addressOrder(b)];
  return x < y ? -1 : x > y ? 1 : 0;
}

function byNumber(a: Uint8Array, b: Uint8Array): number {
  if (a.length !== b.length) return Math.sign(a.length - b.length);
  const [x, y] = [numberOf(a), numberOf(b)];
  return x < y ? -1 : x > y ? 1 : 0;
}

function numberOf(bytes: Uint8Array): bigint {
  return bytes.reduce((number, byte) => number * 256n + BigInt(byte), 0n);
}

function textOf(bytes: Uint8Array): string {
  return ipaddr.fromByteArray([...bytes]).toString();
}
