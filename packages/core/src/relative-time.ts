/** How long ago something was, for people. */
import { type Instant, toMilliseconds } from './instant.ts';

const units = [
  ['year', 365 * 24 * 60],
  ['month', 30 * 24 * 60],
  ['day', 24 * 60],
  ['hour', 60],
  ['minute', 1],
] as const;
const words = new Intl.RelativeTimeFormat('en', { numeric: 'always' });

/**
 * `5 minutes ago`, `in 2 hours`, in the largest unit that fits and rounded down; months have 30 days, years 365. Less than a minute either way
 * is `just now`, which also covers clocks that differ a little.
 */
export function writeRelativeTime(instant: Instant, now: Instant): string {
  const minutes = (toMilliseconds(instant) - toMilliseconds(now)) / 60_000;
  for (const [unit, length] of units) {
    if (Math.abs(minutes) >= length) return words.format(Math.trunc(minutes / length), unit);
  }
  return 'just now';
}
