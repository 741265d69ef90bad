import * as z from 'zod';
import { listColumns, usualColumns } from '../list-column.ts';
import { Instant } from './instant.ts';
import { SearchText, SessionSort, SessionStatus } from './session-list.ts';
import { PlainText } from './text.ts';

export const ListColumn = z.enum(listColumns).meta({ id: 'ListColumn' });

/** Columns in the order in which they are shown, each once. */
export const ListColumns = z
  .array(ListColumn)
  .min(1)
  .refine((columns) => new Set(columns).size === columns.length, 'must name each column once');

const name = PlainText.trim().min(1).max(80).meta({ example: 'Night shift' });
const isShared = z.boolean().meta({ description: 'Whether the organization has it, or its user alone' });

/** What `POST /api/SavedViews` takes. */
export const SavedViewRequest = z
  .strictObject({
    name,
    search: SearchText.default(''),
    status: SessionStatus.default('all'),
    sort: SessionSort.default('-createdAt'),
    columns: ListColumns.default([...usualColumns]),
    isShared: isShared.default(false),
  })
  .meta({ id: 'SavedViewRequest' });
export type SavedViewRequest = z.infer<typeof SavedViewRequest>;

export const SavedView = z
  .object({
    viewId: z.uuid(),
    name,
    search: SearchText,
    status: SessionStatus,
    sort: SessionSort,
    columns: ListColumns,
    isShared,
    savedAt: Instant,
  })
  .meta({ id: 'SavedView', description: 'A search, a status, an order and columns, under a name' });
export type SavedView = z.infer<typeof SavedView>;

export const SavedViewAnswer = z.object({ savedView: SavedView }).meta({ id: 'SavedViewAnswer' });

export const SavedViewList = z.object({ savedViews: z.array(SavedView) }).meta({ id: 'SavedViewList' });
export type SavedViewList = z.infer<typeof SavedViewList>;

/** As many views as one user has, or an organization shares. */
export const mostSavedViews = 100;
