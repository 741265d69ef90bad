/** Numbers, lengths of time and points in time, as people write them in a range. */
import { type Instant, parseInstant, toMilliseconds } from '../instant.ts';
import type { Operand, Range } from './range.ts';

const units: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};
const day = 86_400_000;
// As long as all the years that an instant may have.
const longest = 10_000 * 366 * day;

/** A whole number from 0 to 999,999,999. */
export function parseCount(text: string): Operand | undefined {
  if (!/^\d{1,9}$/.test(text)) return undefined;
  const count = Number(text);
  return { start: count, after: count + 1, end: count + 1 };
}

/** A whole number and a unit of `ms`, `s`, `m`, `h`, `d` or `w`, in milliseconds; at most ten thousand years. Alone it is rounded down: `8h` ends at nine hours. */
export function parseLength(text: string): Operand | undefined {
  const [, number = '', unit = ''] = /^(\d{1,15})(ms|[smhdw])$/i.exec(text) ?? [];
  const size = units[unit.toLowerCase()];
  if (size === undefined) return undefined;
  const length = Number(number) * size;
  return length <= longest ? { start: length, after: length + 1, end: length + size } : undefined;
}

/** A day `2026-01-01` in UTC, or an instant with its zone as {@link parseInstant} reads it; in milliseconds since 1970. It is as long as it is exact. */
export function parseMoment(text: string): Operand | undefined {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text);
  const instant = parseInstant(isDay ? `${text}T00:00Z` : text.toUpperCase());
  if (instant === undefined) return undefined;
  const start = toMilliseconds(instant);
  const after = start + (isDay ? day : exactness(text));
  return { start, after, end: after };
}

/** When it was, for something so many milliseconds old at `now`. */
export function ofAge({ from, to }: Range, now: Instant): Range {
  const instant = toMilliseconds(now);
  return {
    ...(to !== undefined && { from: instant - to + 1 }),
    ...(from !== undefined && { to: instant - from + 1 }),
  };
}

function exactness(text: string): number {
  if (text.includes('.')) return 1;
  return /T\d\d:\d\d:/i.test(text) ? 1000 : 60_000;
}
