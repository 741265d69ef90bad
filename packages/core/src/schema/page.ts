import * as z from 'zod';

/** Counted from 1. Past the end there is nothing, but also nothing wrong; a bound keeps the offset within what the database counts with. */
export const PageNumber = count(1_000_000_000).default(1);

export const PageSize = count(100).default(10);

// In a query everything is text. Left to itself, `Number` also reads `0x10`, `1e3` and ` 1 `.
function count(most: number) {
  const wanted = z.coerce.number<string | number>('must be a whole number from 1').int().min(1).max(most);
  return z.preprocess((text) => (typeof text === 'string' && !/^\d+$/.test(text) ? Number.NaN : text), wanted);
}
