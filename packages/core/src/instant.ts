/** Points in time: ISO 8601, UTC, three decimals, `Z`, years 0001 to 9999, so that text order is time order. */
import type { Instant } from './schema/instant.ts';

export type { Instant };

const grammar =
  /^\d{4}-\d{2}-\d{2}T(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;
// PostgreSQL and people have no year 0; after 9999 a year has five digits.
const earliest = Date.parse('0001-01-01T00:00:00.000Z');
const latest = Date.parse('9999-12-31T23:59:59.999Z');

/**
 * Reads an instant that somebody wrote: with `Z` or an offset, to the minute or finer. Digits beyond the millisecond are cut.
 *
 * @returns the canonical form, or `undefined` for anything else: no zone, a day that does not exist, a leap second, a year
 *   outside 0001 to 9999 once the offset is taken off.
 */
export function parseInstant(text: string): Instant | undefined {
  if (!grammar.test(text) || !dayExists(text)) return undefined;
  const milliseconds = Date.parse(text);
  return milliseconds >= earliest && milliseconds <= latest ? new Date(milliseconds).toISOString() : undefined;
}

/** Milliseconds since 1970-01-01T00:00:00Z. */
export function toMilliseconds(instant: Instant): number {
  // Read by place and counted, a tenth of what Date.parse costs.
  const year = pair(instant, 0) * 100 + pair(instant, 2);
  const days = daysUntil(year, pair(instant, 5), pair(instant, 8));
  const seconds = (pair(instant, 11) * 60 + pair(instant, 14)) * 60 + pair(instant, 17);
  return (days * 86_400 + seconds) * 1000 + pair(instant, 20) * 10 + digit(instant, 22);
}

// A year that begins in March ends with the day that leap years add, and from then on its months have 31, 30, 31, 30, 31 days, again and again.
function daysUntil(year: number, month: number, day: number): number {
  const isBeforeMarch = month < 3;
  const years = isBeforeMarch ? year - 1 : year;
  const months = isBeforeMarch ? month + 9 : month - 3;
  const leapDays = Math.floor(years / 4) - Math.floor(years / 100) + Math.floor(years / 400);
  return years * 365 + leapDays + Math.floor((months * 153 + 2) / 5) + day - firstDay;
}

// From March of the year 0 to 1970-01-01.
const firstDay = 719_469;

function pair(text: string, at: number): number {
  return digit(text, at) * 10 + digit(text, at + 1);
}

function digit(text: string, at: number): number {
  return text.charCodeAt(at) - 48;
}

/**
 * The instant of so many milliseconds since 1970-01-01T00:00:00Z; fractions are cut towards 1970, and what lies outside the years 0001 to 9999
 * becomes their edge. Not a number throws a `RangeError`.
 */
export function toInstant(milliseconds: number): Instant {
  const within = Math.min(Math.max(milliseconds, earliest), latest);
  const known = texts.get(within);
  if (known !== undefined) return known;
  const text = new Date(within).toISOString();
  if (texts.size === mostTexts) texts.clear();
  texts.set(within, text);
  return text;
}

// A busy server writes the same few instants again and again: now, and when what is used now will run out.
const texts = new Map<number, Instant>();
const mostTexts = 1000;

/**
 * `2026-11-23 09:42:19` on the clock of a time zone.
 *
 * @param timeZone an IANA name such as `Europe/Berlin`, or `UTC`; one that is not known throws a `RangeError`, see {@link isTimeZone}.
 *   It may move the first and the last day of all into the years 0000 and 10000.
 */
export function writeInstant(instant: Instant, timeZone: string): string {
  const parts = clock(timeZone).formatToParts(toMilliseconds(instant));
  const { era, year, month, day, hour, minute, second } = Object.fromEntries(parts.map((p) => [p.type, p.value]));
  const fullYear = era === 'BC' ? '0000' : year?.padStart(4, '0');
  return `${fullYear}-${month}-${day} ${hour}:${minute}:${second}`;
}

/** Whether {@link writeInstant} knows this time zone. */
export function isTimeZone(text: string): boolean {
  try {
    clock(text);
    return true;
  } catch {
    return false;
  }
}

// A formatter costs fifty times what its use does, and a page needs the same one for every row. There are more spellings of
// time zones than fit in memory, and they come from cookies: all are forgotten now and then.
const clocks = new Map<string, Intl.DateTimeFormat>();
const mostClocks = 100;

function clock(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    era: 'short',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  if (clocks.size === mostClocks) clocks.clear();
  clocks.set(timeZone, made);
  return made;
}

// Date.parse takes 30 February for 2 March.
function dayExists(text: string): boolean {
  const day = text.slice(0, 10);
  const midnight = Date.parse(`${day}T00:00:00.000Z`);
  return !Number.isNaN(midnight) && new Date(midnight).toISOString().startsWith(day);
}
