import * as z from 'zod';
import { parseInstant } from '../instant.ts';

/** A point in time as every answer writes it: ISO 8601, UTC, exactly three decimals, `Z`. Sorts by time when sorted as text. */
export const Instant = z.iso.datetime({ precision: 3 }).meta({
  id: 'Instant',
  description: 'A point in time: ISO 8601, UTC, milliseconds',
  example: '2026-11-23T09:42:19.000Z',
});
export type Instant = z.infer<typeof Instant>;

/** Taken in any spelling that has a zone, kept in one. */
export const WrittenInstant = z
  .string()
  .transform((text, { issues }): Instant => {
    const instant = parseInstant(text);
    if (instant !== undefined) return instant;
    issues.push({ code: 'custom', input: text, message: 'must be an instant with its zone, as 2026-11-23T09:42:19Z' });
    return z.NEVER;
  })
  .meta({ format: 'date-time', example: '2026-11-23T09:42:19.000Z' });
