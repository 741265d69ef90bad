import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseInstant, toInstant } from '../instant.ts';
import { Instant } from './instant.ts';

test('every instant that the rules write is one on the wire', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true }), (milliseconds) => {
      expect(Instant.parse(toInstant(milliseconds))).toBe(toInstant(milliseconds));
    }),
  );
});

test.for([
  '2026-11-23T09:42:19Z',
  '2026-11-23T09:42:19.00Z',
  '2026-11-23T09:42:19.0000Z',
  '2026-11-23T09:42:19.000+00:00',
  '2026-11-23T09:42:19.000',
  '2026-02-30T00:00:00.000Z',
  '2026-11-23T09:42:60.000Z',
  '2026-11-23T24:00:00.000Z',
  '2026-11-23t09:42:19.000z',
  '',
])('%j is none on the wire', (text) => {
  expect(Instant.safeParse(text).success).toBe(false);
});

test('what the wire accepts, from year 1 on, the rules read as itself', () => {
  const text = fc
    .tuple(fc.integer({ min: 1, max: 9999 }), fc.nat(14), fc.nat(32), fc.nat(25), fc.nat(61), fc.nat(61))
    .map(([year, ...rest]) => [String(year).padStart(4, '0'), ...rest.map((number) => String(number).padStart(2, '0'))])
    .map(([year, month, day, hour, minute, second]) => `${year}-${month}-${day}T${hour}:${minute}:${second}.007Z`);
  fc.assert(
    fc.property(text, (any) => {
      expect(parseInstant(any)).toBe(Instant.safeParse(any).data);
    }),
  );
});
