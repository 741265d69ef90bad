import * as z from 'zod';
import { SearchText, SessionStatus } from './session-list.ts';

export const ExportFormat = z
  .enum(['csv', 'ndjson'])
  .meta({ id: 'ExportFormat', description: '`csv`: RFC 4180 with a header; `ndjson`: a session in JSON on each line' });
export type ExportFormat = z.infer<typeof ExportFormat>;

/** What `GET /api/UserRequestExport` takes. By sign-in alone, which never changes while sessions are being read. */
export const SessionExportQuery = z.strictObject({
  format: ExportFormat.default('csv'),
  search: SearchText.default(''),
  status: SessionStatus.default('all'),
  sort: z.enum(['createdAt', '-createdAt']).default('-createdAt'),
});
export type SessionExportQuery = z.infer<typeof SessionExportQuery>;
