import * as z from 'zod';
import { Instant } from './instant.ts';
import { SearchText, SessionSort, SessionStatus } from './session-list.ts';
import { PlainText } from './text.ts';

/** What a table of sessions can show, by the names of the wire; `duration` is computed. */
export const ListColumn = z
  .enum([
    'userEmail',
    'sessionName',
    'ipAddress',
    'userAgent',
    'isActive',
    'createdAt',
    'lastActivity',
    'duration',
    'authMethod',
    'clientType',
    'lastIpAddress',
    'expiresAt',
    'endedAt',
  ])
  .meta({ id: 'ListColumn' });
export type ListColumn = z.infer<typeof ListColumn>;

/** What is shown unless somebody chose otherwise. */
export const usualColumns: readonly ListColumn[] = ListColumn.options.slice(0, 8);

/** Columns in the order in which they are shown, each once. */
export const ListColumns = z
  .array(ListColumn)
  .min(1)
  .refine((columns) => new Set(columns).size === columns.length, 'must name each column once');

const view = {
  name: PlainText.trim().min(1).max(80).meta({ example: 'Night shift' }),
  search: SearchText.default(''),
  status: SessionStatus.default('all'),
  sort: SessionSort.default('-createdAt'),
  columns: ListColumns.default([...usualColumns]),
  isShared: z.boolean().default(false).meta({ description: 'Whether the organization has it, or its user alone' }),
};

/** What `POST /api/SavedViews` takes. */
export const SavedViewRequest = z.strictObject(view).meta({ id: 'SavedViewRequest' });
export type SavedViewRequest = z.infer<typeof SavedViewRequest>;

export const SavedView = z
  .object({ viewId: z.uuid(), ...view, savedAt: Instant })
  .meta({ id: 'SavedView', description: 'A search, a status, an order and columns, under a name' });
export type SavedView = z.infer<typeof SavedView>;

export const SavedViewAnswer = z.object({ savedView: SavedView }).meta({ id: 'SavedViewAnswer' });

export const SavedViewList = z.object({ savedViews: z.array(SavedView) }).meta({ id: 'SavedViewList' });
export type SavedViewList = z.infer<typeof SavedViewList>;

/** As many views as one user has, or an organization shares. */
export const mostSavedViews = 100;
