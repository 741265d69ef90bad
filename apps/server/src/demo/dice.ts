/** Chance that a seed decides: the same seed rolls the same figures on every machine. */
import { hash } from 'node:crypto';

export interface Dice {
  /** At least 0, less than 1. */
  roll(): number;
  /** A whole number from `least` to `most`, both included. */
  between(least: number, most: number): number;
  pick<T>(list: readonly [T, ...T[]]): T;
  chance(share: number): boolean;
}

export function diceOf(...seed: readonly (string | number)[]): Dice {
  const roll = smallFastCounter(hash('sha256', JSON.stringify(seed), 'buffer'));
  const between = (least: number, most: number) => least + Math.floor(roll() * (most - least + 1));
  return {
    roll,
    between,
    pick: (list) => list[between(0, list.length - 1)] ?? list[0],
    chance: (share) => roll() < share,
  };
}

/** A UUID that a seed decides: version 8, "custom" (RFC 9562, 5.8). */
export function uuidOf(...seed: readonly (string | number)[]): string {
  const hex = hash('sha256', JSON.stringify(seed));
  const variant = '89ab'[Number.parseInt(hex.charAt(16), 16) % 4];
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

// sfc32 by Chris Doty-Humphrey: 128 bits of state, a few operations a figure.
function smallFastCounter(state: Buffer): () => number {
  let [a, b, c, counter] = [state.readInt32LE(0), state.readInt32LE(4), state.readInt32LE(8), state.readInt32LE(12)];
  return () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  };
}
