import { expect, test } from 'vitest';
import { fromSupply } from './random.ts';

test('hands every byte of its source out once, in the pieces that are asked for', () => {
  let asked = 0;
  const take = fromSupply((bytes) => {
    asked += 1;
    return new Uint8Array(bytes).fill(asked);
  });
  const pieces = [16, 16, 8160, 1, 20_000, 3].map((bytes) => take(bytes));
  expect(pieces.map((piece) => piece.length)).toEqual([16, 16, 8160, 1, 20_000, 3]);
  expect(pieces.map((piece) => piece[0])).toEqual([1, 1, 1, 2, 3, 4]);
  expect(asked).toBe(4);
  const offsets = pieces.slice(0, 3).map((piece) => piece.byteOffset);
  expect(offsets).toEqual([0, 16, 32]);
});
