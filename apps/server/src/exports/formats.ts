/** How sessions are written into a file. */

import { Session } from '@rollcall/core/schema/session';
import type { ExportFormat } from '@rollcall/core/schema/session-export';
import { csvOf } from './csv.ts';

export interface Format {
  readonly contentType: string;
  /** What comes before the first session. */
  readonly head: string;
  readonly write: (sessions: readonly Session[]) => string;
}

const columns = Session.keyof().options;

export const formats: Readonly<Record<ExportFormat, Format>> = {
  csv: { contentType: 'text/csv; charset=utf-8; header=present', head: csvOf([columns]), write: writeCsv },
  ndjson: { contentType: 'application/x-ndjson', head: '', write: writeLines },
};

function writeCsv(sessions: readonly Session[]): string {
  return csvOf(sessions.map((session) => columns.map((column) => session[column])));
}

function writeLines(sessions: readonly Session[]): string {
  return sessions.map((session) => `${JSON.stringify(session)}\n`).join('');
}
