/** How columns arrive: instants as ISO 8601 text, addresses as plain text, counts as numbers. Per connection, never global. */
import pg from 'pg';

const { INT8, INET, TIMESTAMPTZ } = pg.types.builtins;

const PARSERS: ReadonlyMap<number, (text: string) => unknown> = new Map<number, (text: string) => unknown>([
  [INT8, parseInt8],
  [INET, parseInet],
  [TIMESTAMPTZ, parseTimestamptz],
]);

export const COLUMN_TYPES: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) => PARSERS.get(oid) ?? pg.types.getTypeParser(oid, format),
};

function parseInt8(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} is beyond the integers that a number holds exactly`);
  return value;
}

// PostgreSQL writes ::1.2.3.4 where RFC 5952, and with it the host of a URL, has ::102:304; all else agrees.
function parseInet(text: string): string {
  return text.includes(':') && text.includes('.') ? new URL(`http://[${text}]`).hostname.slice(1, -1) : text;
}

// Connections have TimeZone UTC, so the text is always "2026-11-23 09:42:19.5+00", its fraction without trailing zeros.
const TIMESTAMP = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?\+00$/;

function parseTimestamptz(text: string): string {
  const [, date, time, fraction = ''] = TIMESTAMP.exec(text) ?? [];
  if (date === undefined) throw new RangeError(`not a UTC timestamp of the years 1 to 9999: ${text}`);
  return `${date}T${time}.${fraction.padEnd(3, '0').slice(0, 3)}Z`;
}
