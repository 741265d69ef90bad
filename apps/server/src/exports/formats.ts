/** How sessions are written into a file. */

import { Session } from '@rollcall/core/schema/session';
import type { ExportFormat } from '@rollcall/core/schema/session-export';
import { stringify } from 'csv-stringify/sync';

export interface Format {
  readonly contentType: string;
  /** What comes before the first session. */
  readonly head: string;
  readonly write: (sessions: readonly Session[]) => string;
}

const columns = Object.keys(Session.shape);

export const formats: Readonly<Record<ExportFormat, Format>> = {
  csv: { contentType: 'text/csv; charset=utf-8; header=present', head: csvOf([columns]), write: writeCsv },
  ndjson: { contentType: 'application/x-ndjson', head: '', write: writeLines },
};

function writeCsv(sessions: readonly Session[]): string {
  return csvOf(sessions.map((session) => columns.map((column) => cellOf(session, column))));
}

// Left to itself, the library writes 1 and nothing; a cast of its own would cost a call for each cell.
function cellOf(session: Readonly<Record<string, unknown>>, column: string): unknown {
  const value = session[column];
  return typeof value === 'boolean' ? String(value) : value;
}

// A name or user agent that begins with = + - @ is a formula to a spreadsheet, which runs it (OWASP, CSV Injection).
function csvOf(rows: readonly (readonly unknown[])[]): string {
  return stringify([...rows], { record_delimiter: 'windows', escape_formulas: true });
}

function writeLines(sessions: readonly Session[]): string {
  return sessions.map((session) => `${JSON.stringify(session)}\n`).join('');
}
