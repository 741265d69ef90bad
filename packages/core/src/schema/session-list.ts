import * as z from 'zod';
import { hasCursors, parseCursor } from '../cursor.ts';
import { sortFields } from '../order.ts';
import { excessOf, maxQueryLength } from '../query/parse.ts';
import { queryErrorCodes } from '../query/query-error.ts';
import { PageNumber, PageSize } from './page.ts';
import { Session } from './session.ts';
import { PlainText } from './text.ts';
import { UserId } from './user.ts';

export const SessionStatus = z.enum(['active', 'inactive', 'all']).meta({ id: 'SessionStatus' });
export type SessionStatus = z.infer<typeof SessionStatus>;

/** A wire field or `duration`; a leading `-` turns the order round. */
export const SessionSort = z
  .enum(sortFields.flatMap((field) => [field, `-${field}`] as const))
  .meta({ id: 'SessionSort', description: 'Ties are broken by `requestId`, the same way round' });
export type SessionSort = z.infer<typeof SessionSort>;

/** As long as anybody types, so that no search costs more than the database can bear. */
export const SearchText = PlainText.check(({ value, issues }) => {
  const excess = excessOf(value);
  if (excess) issues.push({ code: 'custom', message: excess.message, input: value });
}).meta({
  id: 'SearchText',
  maxLength: maxQueryLength,
  description:
    'Words that must all occur in the e-mail, the address or the name, ignoring case; and operators such as `status:active`, `ip:10.0.0.0/8`, `created:>2026-01-01`, `-`, `OR`, quotes and parentheses',
  example: 'ada -status:inactive ip:192.0.2.0/24',
});

/** What of a search could not be understood. The rest of it still filters. */
export const SearchError = z
  .object({
    code: z.enum(queryErrorCodes),
    message: z.string().meta({ description: 'A sentence in English' }),
    start: z.int().meta({ description: 'Where it begins in the text, in UTF-16 units' }),
    end: z.int().meta({ description: 'The first that no longer belongs to it' }),
  })
  .meta({ id: 'SearchError' });
export type SearchError = z.infer<typeof SearchError>;

export const SessionCursor = z
  .string()
  .refine((text) => text === '' || parseCursor(text) !== undefined, 'must be a nextCursor, as it was answered')
  .meta({
    id: 'SessionCursor',
    description: 'The `nextCursor` of the page before, or nothing; goes with `sort` by `createdAt`',
  });

/** A view of the list; every member has a default, an unknown one is refused. */
export const SessionListQuery = z.strictObject({
  search: SearchText.default(''),
  status: SessionStatus.default('all'),
  sort: SessionSort.default('-createdAt'),
  page: PageNumber,
  pageSize: PageSize,
});
export type SessionListQuery = z.infer<typeof SessionListQuery>;

/** What `GET /api/UserRequests` takes: a view, or what comes after a page of it. */
export const SessionListRequest = SessionListQuery.extend({ cursor: SessionCursor.default('') })
  .refine(({ cursor, sort }) => cursor === '' || hasCursors(sort), {
    path: ['cursor'],
    message: 'goes with sort by createdAt only',
  })
  .refine(({ cursor, page }) => cursor === '' || page === 1, {
    path: ['page'],
    message: 'cannot be counted after a cursor',
  });
export type SessionListRequest = z.infer<typeof SessionListRequest>;

export const SessionList = z
  .object({
    sessions: z.array(Session),
    total: z.int().meta({ description: 'How many sessions match, on all pages' }),
    totalIsExact: z.boolean().meta({ description: 'False where more match than were counted: then more than `total`' }),
    page: z.int(),
    pageSize: z.int(),
    searchErrors: z.array(SearchError),
    activeSessions: z
      .record(UserId, z.int())
      .meta({ description: 'How many active sessions each user on this page has, on whatever page those are' }),
    nextCursor: z.string().optional().meta({
      description:
        'By `createdAt`, after a full page: hands on to what comes after it, whatever begins or ends meanwhile',
    }),
  })
  .meta({ id: 'SessionList' });
export type SessionList = z.infer<typeof SessionList>;
