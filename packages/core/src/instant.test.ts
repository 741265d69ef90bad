import fc from 'fast-check';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { isTimeZone, parseInstant, toInstant, toMilliseconds, writeInstant } from './instant.ts';

const earliest = '0001-01-01T00:00:00.000Z';
const latest = '9999-12-31T23:59:59.999Z';
const milliseconds = fc.integer({ min: toMilliseconds(earliest), max: toMilliseconds(latest) });
const instant = milliseconds.map(toInstant);

describe('an instant is read', () => {
  test.for([
    ['2026-11-23T09:42:19.000Z', '2026-11-23T09:42:19.000Z', 'canonical'],
    ['2026-11-23T09:42:19Z', '2026-11-23T09:42:19.000Z', 'without decimals'],
    ['2026-11-23T09:42Z', '2026-11-23T09:42:00.000Z', 'without seconds'],
    ['2026-11-23T09:42:19.5Z', '2026-11-23T09:42:19.500Z', 'one decimal'],
    ['2026-11-23T09:42:19.9999999999999999999Z', '2026-11-23T09:42:19.999Z', 'cut, not rounded'],
    ['2026-11-23T09:42:19.000+01:00', '2026-11-23T08:42:19.000Z', 'east of Greenwich'],
    ['2026-11-23T09:42:19-05:30', '2026-11-23T15:12:19.000Z', 'west of Greenwich'],
    ['2026-01-01T00:30+01:00', '2025-12-31T23:30:00.000Z', 'in the year before'],
    ['2026-11-23T09:42:19-00:00', '2026-11-23T09:42:19.000Z', 'an offset of nothing'],
    ['2026-11-23T23:59:59+23:59', '2026-11-23T00:00:59.000Z', 'the greatest offset'],
    ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z', 'a leap day'],
    ['2000-02-29T00:00:00Z', '2000-02-29T00:00:00.000Z', 'the leap day of a century'],
    [earliest, earliest, 'the first of all'],
    ['0000-12-31T23:59:59.999-00:01', '0001-01-01T00:00:59.999Z', 'of year 1 only by its offset'],
    [latest, latest, 'the last of all'],
    ['9999-12-31T23:59:59.9999Z', latest, 'cut to the last of all'],
  ] as const)('%s as %s (%s)', ([text, canonical]) => {
    expect(parseInstant(text)).toBe(canonical);
  });
});

describe('no instant is', () => {
  test.for([
    ['', 'nothing'],
    ['now', 'a word'],
    ['2026-11-23', 'a day'],
    ['2026-11-23T09:42:19.000', 'without a zone'],
    ['2026-11-23T09:42:19.Z', 'a point without decimals'],
    ['2026-11-23T09:42:19,5Z', 'a decimal comma'],
    ['2026-11-23T09Z', 'an hour'],
    ['2026-11-23 09:42:19Z', 'a blank for the T'],
    ['2026-11-23t09:42:19z', 'lower case'],
    ['20261123T094219Z', 'the basic format'],
    ['+002026-11-23T09:42:19Z', 'a year of six digits'],
    ['-000001-11-23T09:42:19Z', 'a year before Christ'],
    ['2026-11-23T09:42:19+01', 'an offset in hours'],
    ['2026-11-23T09:42:19+0100', 'an offset without a colon'],
    ['2026-11-23T09:42:19+24:00', 'an offset of a day'],
    ['2026-11-23T09:42:19+01:60', 'an offset with 60 minutes'],
    ['2026-11-23T24:00:00Z', 'hour 24'],
    ['2026-11-23T09:60:00Z', 'minute 60'],
    ['2016-12-31T23:59:60Z', 'a leap second'],
    ['2026-02-30T00:00:00Z', '30 February'],
    ['2026-02-30T00:00:00+01:00', '30 February with an offset'],
    ['2026-02-29T00:00:00Z', '29 February of no leap year'],
    ['1900-02-29T00:00:00Z', '29 February of most centuries'],
    ['2026-04-31T00:00:00Z', '31 April'],
    ['2026-13-01T00:00:00Z', 'month 13'],
    ['2026-00-01T00:00:00Z', 'month 0'],
    ['2026-01-00T00:00:00Z', 'day 0'],
    ['2026-01-32T00:00:00Z', 'day 32'],
    ['0000-06-01T00:00:00Z', 'year 0'],
    ['0001-01-01T00:00:00+00:01', 'year 0 by its offset'],
    ['9999-12-31T23:59:59-00:01', 'year 10000 by its offset'],
    ['2026-11-23T09:42:19Z\n', 'with a line break'],
    [' 2026-11-23T09:42:19Z', 'with a blank'],
    ['２０２６-11-23T09:42:19Z', 'with full-width digits'],
  ] as const)('%j (%s)', ([text]) => {
    expect(parseInstant(text)).toBeUndefined();
  });
});

describe('of any instant', () => {
  test('the canonical form is read as itself, and as the same milliseconds', () => {
    fc.assert(
      fc.property(milliseconds, (any) => {
        const canonical = toInstant(any);
        expect(parseInstant(canonical)).toBe(canonical);
        expect(toMilliseconds(canonical)).toBe(any);
      }),
    );
  });

  test('an offset changes how it is written, not when it is', () => {
    const offset = fc.integer({ min: -1439, max: 1439 });
    fc.assert(
      fc.property(milliseconds, offset, (any, minutes) => {
        const local = new Date(any + minutes * 60_000).toISOString().slice(0, -1);
        // What the offset moves out of the four-digit years cannot be written at all.
        fc.pre(/^\d{4}-/.test(local));
        expect(parseInstant(`${local}${writeOffset(minutes)}`)).toBe(toInstant(any));
      }),
    );
  });

  test('text order is time order', () => {
    fc.assert(
      fc.property(milliseconds, milliseconds, (a, b) => {
        expect(toInstant(a) < toInstant(b)).toBe(a < b);
      }),
    );
  });

  test('reading never throws, and reads nothing but canonical forms', () => {
    const text = fc.oneof(
      fc.string(),
      fc.stringMatching(/^\d{4}-[01]\d-[0-3]\dT[0-2]\d:[0-6]\d:[0-6]\d(\.\d{1,5})?(Z|[+-][0-2]\d:\d\d)$/),
    );
    fc.assert(
      fc.property(text, (any) => {
        const read = parseInstant(any);
        expect(read).toBe(read && toInstant(Date.parse(any)));
      }),
    );
  });
});

describe('milliseconds', () => {
  test.for([
    [0, '1970-01-01T00:00:00.000Z'],
    [-1, '1969-12-31T23:59:59.999Z'],
    [1.9, '1970-01-01T00:00:00.001Z'],
    [-1.9, '1969-12-31T23:59:59.999Z'],
    [Number.MAX_SAFE_INTEGER, latest],
    [Number.POSITIVE_INFINITY, latest],
    [toMilliseconds(latest) + 1, latest],
    [Number.MIN_SAFE_INTEGER, earliest],
    [Number.NEGATIVE_INFINITY, earliest],
    [toMilliseconds(earliest) - 1, earliest],
  ] as const)('%d are %s', ([given, text]) => {
    expect(toInstant(given)).toBe(text);
  });

  test('that are not a number are refused', () => {
    expect(() => toInstant(Number.NaN)).toThrow(RangeError);
  });
});

describe('an instant is written', () => {
  test.for([
    ['2026-11-23T09:42:19.000Z', 'UTC', '2026-11-23 09:42:19'],
    ['2026-11-23T09:42:19.999Z', 'UTC', '2026-11-23 09:42:19'],
    ['2026-11-23T00:00:00.000Z', 'UTC', '2026-11-23 00:00:00'],
    ['2026-03-04T05:06:07.000Z', 'UTC', '2026-03-04 05:06:07'],
    ['2026-11-23T09:42:19.000Z', 'Europe/Berlin', '2026-11-23 10:42:19'],
    ['2026-07-23T09:42:19.000Z', 'Europe/Berlin', '2026-07-23 11:42:19'],
    ['2026-11-23T20:30:00.000Z', 'Asia/Kolkata', '2026-11-24 02:00:00'],
    ['2027-01-01T04:59:59.000Z', 'America/New_York', '2026-12-31 23:59:59'],
    ['1500-03-01T00:00:00.000Z', 'UTC', '1500-03-01 00:00:00'],
    ['0099-03-01T00:00:00.000Z', 'UTC', '0099-03-01 00:00:00'],
    [earliest, 'UTC', '0001-01-01 00:00:00'],
    [earliest, 'America/New_York', '0000-12-31 19:03:58'],
    [latest, 'UTC', '9999-12-31 23:59:59'],
    [latest, 'Asia/Tokyo', '10000-01-01 08:59:59'],
  ] as const)('%s in %s as %s', ([at, timeZone, text]) => {
    expect(writeInstant(at, timeZone)).toBe(text);
  });

  test('across the hour that summer time leaves out and the one that it repeats', () => {
    const spring = ['2026-03-29T00:59:59.000Z', '2026-03-29T01:00:00.000Z'];
    expect(spring.map(inBerlin)).toEqual(['2026-03-29 01:59:59', '2026-03-29 03:00:00']);
    const autumn = ['2026-10-25T00:30:00.000Z', '2026-10-25T01:30:00.000Z', '2026-10-25T02:30:00.000Z'];
    expect(autumn.map(inBerlin)).toEqual(['2026-10-25 02:30:00', '2026-10-25 02:30:00', '2026-10-25 03:30:00']);
  });

  test('in UTC just as it is', () => {
    fc.assert(
      fc.property(instant, (any) => {
        expect(writeInstant(any, 'UTC')).toBe(any.slice(0, 19).replace('T', ' '));
      }),
    );
  });

  test('in no time zone that is not known', () => {
    expect(() => writeInstant(earliest, 'Mars/Olympus')).toThrow(RangeError);
  });
});

describe('time zones', () => {
  test.for(['UTC', 'Europe/Berlin', 'europe/berlin', 'Etc/GMT+3', 'Asia/Calcutta', 'Asia/Kolkata'])(
    '%s is known',
    (zone) => {
      expect(isTimeZone(zone)).toBe(true);
    },
  );

  test.for(['', 'undefined', 'Mars/Olympus', 'GMT+1', 'Europe', '../etc/passwd', 'UTC\n', ' UTC'])(
    '%j is not',
    (zone) => {
      expect(isTimeZone(zone)).toBe(false);
    },
  );

  test('are remembered, but not all of them: they come from cookies, in any spelling', () => {
    const made = vi.spyOn(Intl, 'DateTimeFormat');
    onTestFinished(() => made.mockRestore());
    const timesMade = () => made.mock.calls.filter(([, options]) => options?.timeZone === 'Asia/Thimphu').length;

    isTimeZone('Asia/Thimphu');
    inBerlin(earliest);
    writeInstant(earliest, 'Asia/Thimphu');
    expect(timesMade()).toBe(1);

    const spellings = Array.from({ length: 128 }, (_, index) => `${spelling('america', index)}/Lima`);
    for (const zone of spellings) expect(writeInstant('2026-11-23T09:42:19.000Z', zone)).toBe('2026-11-23 04:42:19');
    writeInstant(earliest, 'Asia/Thimphu');
    expect(timesMade()).toBe(2);
  });
});

function inBerlin(at: string): string {
  return writeInstant(at, 'Europe/Berlin');
}

function writeOffset(minutes: number): string {
  const [hours, rest] = [Math.trunc(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `${minutes < 0 ? '-' : '+'}${String(hours).padStart(2, '0')}:${String(rest).padStart(2, '0')}`;
}

function spelling(zone: string, bits: number): string {
  return [...zone].map((letter, index) => (bits & (1 << index) ? letter.toUpperCase() : letter)).join('');
}
