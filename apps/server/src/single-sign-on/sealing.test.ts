import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sealingFor } from './sealing.ts';

const [first, second] = ['the first secret, of thirty-two characters', 'the second secret, of thirty-two characters'];
const random = (bytes: number) => randomBytes(bytes);

function sealing(...secrets: [string, ...string[]]) {
  return sealingFor({ secrets, random, purpose: 'a test' });
}

test('whatever is sealed is opened again, and never looks the same twice', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }).map((text) => text.toWellFormed()),
      fc.string(),
      (text, context) => {
        const [one, other] = [sealing(first).seal(text, context), sealing(first).seal(text, context)];
        expect(sealing(first).open(one, context)).toBe(text);
        expect(one.equals(other)).toBe(false);
      },
    ),
  );
});

test('a new secret takes the place of the former, which opens still until it is dropped', () => {
  const sealed = sealing(first).seal('text', 'context');
  expect(sealing(second, first).open(sealed, 'context')).toBe('text');
  expect(sealing(second).open(sealed, 'context')).toBeUndefined();
  expect(sealing(second).open(sealing(second, first).seal('text', 'context'), 'context')).toBe('text');
});

test('nobody changes a bit of it, cuts it off, moves it elsewhere or uses it for something else', () => {
  const sealed = sealing(first).seal('text', 'context');
  for (let place = 0; place < sealed.length * 8; place += 1) {
    const changed = Buffer.from(sealed);
    changed.writeUInt8(changed.readUInt8(place >> 3) ^ (1 << (place & 7)), place >> 3);
    expect(sealing(first).open(changed, 'context')).toBeUndefined();
  }
  for (let length = 0; length < sealed.length; length += 1) {
    expect(sealing(first).open(sealed.subarray(0, length), 'context')).toBeUndefined();
  }
  expect(sealing(first).open(sealed, 'another context')).toBeUndefined();
  const other = sealingFor({ secrets: [first], random, purpose: 'another' });
  expect(other.open(sealed, 'context')).toBeUndefined();
});
