import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toInstant } from './instant.ts';
import { parseLocalTime, writeLocalTime } from './local-time.ts';

describe('the time on a clock on the wall', () => {
  test.each([
    ['2026-11-23T09:42', 'UTC', '2026-11-23T09:42:00.000Z'],
    ['2026-11-23T09:42:19', 'Europe/Berlin', '2026-11-23T08:42:19.000Z'],
    ['2026-07-01T00:00', 'Europe/Berlin', '2026-06-30T22:00:00.000Z'],
    ['2026-07-01T00:00', 'Asia/Kolkata', '2026-06-30T18:30:00.000Z'],
    ['2026-07-01T00:00', 'Pacific/Kiritimati', '2026-06-30T10:00:00.000Z'],
    ['2026-07-01T00:00', 'Pacific/Pago_Pago', '2026-07-01T11:00:00.000Z'],
    // shown twice: 02:30 in summer time, and an hour later again
    ['2026-10-25T02:30', 'Europe/Berlin', '2026-10-25T00:30:00.000Z'],
    // never shown: clocks go from 02:00 to 03:00
    ['2026-03-29T02:30', 'Europe/Berlin', '2026-03-29T01:30:00.000Z'],
    ['2026-03-29T01:59', 'Europe/Berlin', '2026-03-29T00:59:00.000Z'],
    ['2026-03-29T03:00', 'Europe/Berlin', '2026-03-29T01:00:00.000Z'],
  ])('%s in %s is %s', (text, timeZone, instant) => {
    expect(parseLocalTime(text, timeZone)).toBe(instant);
  });

  test.each(['', '2026-11-23', '2026-02-30T00:00', '2026-11-23T24:00', '2026-11-23T09:42Z', '2026-11-23 09:42'])(
    'is not %j',
    (text) => {
      expect(parseLocalTime(text, 'UTC')).toBeUndefined();
    },
  );

  test('is read as it was written, whatever the zone', () => {
    const zones = [
      'UTC',
      'Europe/Berlin',
      'America/St_Johns',
      'Australia/Lord_Howe',
      'Asia/Kathmandu',
      'Africa/Casablanca',
    ];
    const seconds = fc.integer({ min: Date.UTC(1990, 0) / 1000, max: Date.UTC(2040, 0) / 1000 });
    fc.assert(
      fc.property(seconds, fc.constantFrom(...zones), (second, timeZone) => {
        const written = writeLocalTime(toInstant(second * 1000), timeZone);
        const read = parseLocalTime(written, timeZone) ?? '';
        expect(writeLocalTime(read, timeZone)).toBe(written);
        // the first of two
        expect(read <= toInstant(second * 1000)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});
