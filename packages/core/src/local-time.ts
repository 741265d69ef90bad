/** Times of day as a clock on the wall shows them, which are instants only together with a time zone. */
import { type Instant, parseInstant, toInstant, toMilliseconds, writeInstant } from './instant.ts';

/**
 * The instant at which the clocks of a time zone show `2026-11-23T09:42`, as `<input type="datetime-local">` writes it, with seconds or without.
 * Where clocks are put back and show it twice, the first; where they are put forward and pass over it, as if they were not yet.
 *
 * @param timeZone one that `isTimeZone` knows.
 * @returns `undefined` for anything else.
 */
export function parseLocalTime(text: string, timeZone: string): Instant | undefined {
  const asIfUtc = parseInstant(`${text}Z`);
  if (asIfUtc === undefined) return undefined;
  const shown = toMilliseconds(asIfUtc);
  // Zones are at most a day from UTC, and nowhere are clocks moved twice within two: before any change, and after it.
  const candidates = [-1, 1].map((days) => shown - aheadBy(toInstant(shown + days * dayMs), timeZone));
  const [before = shown, after = shown] = candidates;
  const isShown = (milliseconds: number) => milliseconds + aheadBy(toInstant(milliseconds), timeZone) === shown;
  return toInstant(isShown(before) || !isShown(after) ? before : after);
}

/** `2026-11-23T09:42:19`: what a clock of the zone shows then. {@link parseLocalTime} reads it. */
export function writeLocalTime(instant: Instant, timeZone: string): string {
  return writeInstant(instant, timeZone).replace(' ', 'T');
}

const dayMs = 86_400_000;

// To the second, which is as finely as zones differ.
function aheadBy(instant: Instant, timeZone: string): number {
  const whole = Math.floor(toMilliseconds(instant) / 1000) * 1000;
  return toMilliseconds(`${writeLocalTime(toInstant(whole), timeZone)}.000Z`) - whole;
}
