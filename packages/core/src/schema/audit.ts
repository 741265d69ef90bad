import * as z from 'zod';
import { Instant } from './instant.ts';
import { PageNumber, PageSize } from './page.ts';

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
    'user-created',
    'user-disabled',
    'user-enabled',
    'user-removed',
    'user-changed',
    'password-changed',
    'password-reset',
    'key-created',
    'key-revoked',
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

export const AuditEventListQuery = z.strictObject({
  requestId: z
    .uuid()
    .optional()
    .meta({ description: 'Only what happened to this session; everything where it is left out' }),
  page: PageNumber,
  pageSize: PageSize,
});
export type AuditEventListQuery = z.infer<typeof AuditEventListQuery>;

export const AuditEventList = z
  .object({
    events: z.array(AuditEvent),
    total: z.int(),
    totalIsExact: z.boolean(),
    page: z.int(),
    pageSize: z.int(),
  })
  .meta({ id: 'AuditEventList' });
export type AuditEventList = z.infer<typeof AuditEventList>;
