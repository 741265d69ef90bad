import * as z from 'zod';
import { Authentication, ReportedClient } from './authentication.ts';
import { WrittenInstant } from './instant.ts';
import { EndedBy } from './problem.ts';
import { EndReason, RequestId } from './session.ts';

/** Whose token is this, asked by the application that was shown it. Any text is a question: one that is no token is answered `unauthenticated`. */
export const IntrospectionRequest = z
  .strictObject({
    token: z.string().meta({ description: 'What was presented. A secret: never log it' }),
    client: ReportedClient.optional(),
  })
  .meta({ id: 'IntrospectionRequest' });
export type IntrospectionRequest = z.infer<typeof IntrospectionRequest>;

const Active = Authentication.extend({
  active: z.literal(true),
  nextToken: z.string().optional().meta({ description: 'To be handed on to whoever presented the token. A secret' }),
}).meta({ id: 'ActiveIntrospection', description: 'The token is good: whose it is, and what they may do' });

const Inactive = z
  .object({
    active: z.literal(false),
    code: z.enum(['unauthenticated', 'session-ended', 'other-network']),
    endReason: EndReason.optional(),
    endedBy: EndedBy.optional(),
  })
  .meta({
    id: 'InactiveIntrospection',
    description:
      'The token is not good. With `session-ended`, `endReason` and `endedBy` say why; only a token that was once good is told so. With `other-network` it is good, but not from where `client` is',
  });

/** What became of a token: `active` as in RFC 7662, 2.2. */
export const Introspection = z.union([Active, Inactive]).meta({ id: 'Introspection' });
export type Introspection = z.infer<typeof Introspection>;

/** What sessions did while an application remembered them. */
export const ActivityReport = z
  .strictObject({
    activities: z
      .array(
        z.strictObject({
          requestId: z.uuid().toLowerCase().meta({ description: 'The id of a session' }),
          at: WrittenInstant.meta({
            description: 'When; a time that has not come yet counts as now',
          }),
          client: ReportedClient.optional(),
        }),
      )
      .max(1000),
  })
  .meta({ id: 'ActivityReport' });
export type ActivityReport = z.infer<typeof ActivityReport>;

/** What came of it. */
export const ActivityReceipt = z
  .object({
    notActive: z.array(RequestId).meta({
      description: 'Those of the sessions that are not active, or not there: nothing counts for them any more',
    }),
  })
  .meta({ id: 'ActivityReceipt' });
export type ActivityReceipt = z.infer<typeof ActivityReceipt>;
