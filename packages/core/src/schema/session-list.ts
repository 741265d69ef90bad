import * as z from 'zod';
import { sortFields } from '../order.ts';
import { maxSearchTerms, searchTerms } from '../search.ts';
import { PageNumber, PageSize } from './page.ts';
import { Session } from './session.ts';
import { PlainText } from './text.ts';

export const SessionStatus = z.enum(['active', 'inactive', 'all']).meta({ id: 'SessionStatus' });
export type SessionStatus = z.infer<typeof SessionStatus>;

/** A wire field or `duration`; a leading `-` turns the order round. */
export const SessionSort = z
  .enum(sortFields.flatMap((field) => [field, `-${field}`] as const))
  .meta({ id: 'SessionSort', description: 'Ties are broken by `requestId`, the same way round' });
export type SessionSort = z.infer<typeof SessionSort>;

/** At most 1,000 characters and 32 terms, so that no search costs more than the database can bear. */
export const SearchText = PlainText.max(1000)
  .refine((text) => searchTerms(text).length <= maxSearchTerms, `must have at most ${maxSearchTerms} terms`)
  .meta({
    id: 'SearchText',
    description: 'Every term must occur in the e-mail, the address or the name, ignoring case',
    example: 'ada 192.0.2',
  });

/** What `GET /api/UserRequests` takes; every member has a default, an unknown one is refused. */
export const SessionListQuery = z.strictObject({
  search: SearchText.default(''),
  status: SessionStatus.default('all'),
  sort: SessionSort.default('-createdAt'),
  page: PageNumber,
  pageSize: PageSize,
});
export type SessionListQuery = z.infer<typeof SessionListQuery>;

export const SessionList = z
  .object({
    sessions: z.array(Session),
    total: z.int().meta({ description: 'How many sessions match, on all pages' }),
    totalIsExact: z.boolean(),
    page: z.int(),
    pageSize: z.int(),
  })
  .meta({ id: 'SessionList' });
export type SessionList = z.infer<typeof SessionList>;
