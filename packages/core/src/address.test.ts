import fc from 'fast-check';
import ipaddr from 'ipaddr.js';
import { describe, expect, test } from 'vitest';
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

describe('agrees with the address read as one number', () => {
  const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
  const mostlyZero = fc.array(fc.constantFrom(0, 0, 1, 16), { minLength: 8, maxLength: 8 });

  test('whichever two they are', () => {
    const address = fc.oneof(bytes(4), bytes(16));
    fc.assert(
      fc.property(address, address, (a, b) => {
        expect(byAddress(textOf(a), textOf(b))).toBe(byNumber(a, b));
      }),
    );
  });

  test('wherever zeros are left out', () => {
    fc.assert(
      fc.property(mostlyZero, fc.nat(7), fc.constantFrom(0, 1, 16), (groups, at, group) => {
        const [a, b] = [bytesOf(groups), bytesOf(groups.with(at, group))];
        expect(byAddress(textOf(a), textOf(b))).toBe(byNumber(a, b));
      }),
    );
  });
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

function bytesOf(groups: readonly number[]): Uint8Array {
  return Uint8Array.from(groups.flatMap((group) => [group >> 8, group & 255]));
}

function textOf(bytes: Uint8Array): string {
  return ipaddr.fromByteArray([...bytes]).toString();
}
