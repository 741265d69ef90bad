import * as z from 'zod';
import { parsePlace } from '../cursor.ts';
import { Instant, WrittenInstant } from './instant.ts';
import { PageNumber, PageSize } from './page.ts';
import { PlainText } from './text.ts';

const SessionId = z.uuid().toLowerCase().optional();

export const AuditAction = z
  .enum([
    'sign-in',
    'sign-out',
    'termination',
    'termination-confirmed',
    'session-ended',
    'settings-changed',
    'token-reuse',
    'token-forged',
    'other-network',
    'user-created',
    'user-disabled',
    'user-enabled',
    'user-removed',
    'user-changed',
    'password-changed',
    'password-reset',
    'key-created',
    'key-revoked',
    'provider-changed',
    'provider-removed',
    'provider-logout',
    'account-bound',
    'view-saved',
    'view-removed',
    'sessions-exported',
    'sessions-terminated',
  ])
  .meta({ id: 'AuditAction' });
export type AuditAction = z.infer<typeof AuditAction>;

export const AuditOutcome = z
  .enum(['success', 'refused'])
  .meta({ id: 'AuditOutcome', description: '`refused`: nothing was changed, see `reason`' });
export type AuditOutcome = z.infer<typeof AuditOutcome>;

/** One thing that happened or was refused; kept in the same transaction as the change it records. */
export const AuditEvent = z
  .object({
    eventId: z.uuid(),
    at: Instant,
    action: AuditAction,
    outcome: AuditOutcome,
    reason: z.string().optional().meta({ description: 'A problem code, where it was refused' }),
    actorEmail: z.string().optional(),
    actorRequestId: z.uuid().optional().meta({ description: 'The session in whose name it was asked' }),
    subjectEmail: z.string().optional(),
    subjectRequestId: z.uuid().optional().meta({ description: 'The session it happened to' }),
    ipAddress: z.string().optional(),
    userAgent: z.string().optional(),
    details: z.record(z.string(), z.unknown()).optional().meta({ description: 'Facts that only this action has' }),
  })
  .meta({ id: 'AuditEvent' });
export type AuditEvent = z.infer<typeof AuditEvent>;

/** What of the trail is asked for; an event has to be everything that is said. */
export const AuditFilter = z.strictObject({
  action: AuditAction.optional(),
  outcome: AuditOutcome.optional(),
  email: PlainText.max(254).optional().meta({
    description: 'Only what this user did or what happened to them: the whole e-mail, ignoring case',
    example: 'ada@example.com',
  }),
  session: SessionId.meta({ description: 'Only what was done in the name of this session or happened to it' }),
  requestId: SessionId.meta({ description: 'Only what happened to this session' }),
  since: WrittenInstant.optional().meta({ description: 'Only what happened then or later' }),
  before: WrittenInstant.optional().meta({ description: 'Only what happened earlier' }),
});
export type AuditFilter = z.infer<typeof AuditFilter>;

/** What `GET /api/AuditEvents` takes: a page, or what comes after one. */
export const AuditEventListQuery = AuditFilter.extend({
  page: PageNumber,
  pageSize: PageSize,
  cursor: z
    .string()
    .refine((text) => text === '' || parsePlace(text) !== undefined, 'must be a nextCursor, as it was answered')
    .default('')
    .meta({ description: 'The `nextCursor` of the page before, or nothing' }),
}).refine(({ cursor, page }) => cursor === '' || page === 1, {
  path: ['page'],
  message: 'cannot be counted after a cursor',
});
export type AuditEventListQuery = z.infer<typeof AuditEventListQuery>;

export const AuditEventList = z
  .object({
    events: z.array(AuditEvent),
    total: z.int().meta({ description: 'How many events match, on all pages' }),
    totalIsExact: z.boolean().meta({ description: 'False where more match than were counted: then more than `total`' }),
    page: z.int(),
    pageSize: z.int(),
    nextCursor: z.string().optional().meta({
      description: 'After a full page: hands on to what comes after it, whatever happens meanwhile',
    }),
  })
  .meta({ id: 'AuditEventList' });
export type AuditEventList = z.infer<typeof AuditEventList>;
