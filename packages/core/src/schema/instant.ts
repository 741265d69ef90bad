import * as z from 'zod';

/** A point in time as every answer writes it: ISO 8601, UTC, exactly three decimals, `Z`. Sorts by time when sorted as text. */
export const Instant = z.iso.datetime({ precision: 3 }).meta({
  id: 'Instant',
  description: 'A point in time: ISO 8601, UTC, milliseconds',
  example: '2026-11-23T09:42:19.000Z',
});
export type Instant = z.infer<typeof Instant>;
