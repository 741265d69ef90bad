import * as z from 'zod';
import { Instant } from './instant.ts';
import { RequestId } from './session.ts';
import { SearchText } from './session-list.ts';

/** As many sessions as one request ends. */
export const mostTerminations = 500;

/** What was shown to whoever ends several sessions: how many there were, and when. */
export const TerminationMark = z
  .strictObject({ at: Instant, count: z.int().min(0) })
  .meta({ id: 'TerminationMark', description: 'As a preview answered it' });
export type TerminationMark = z.infer<typeof TerminationMark>;

/** What `GET /api/UserRequestTermination` takes. */
export const TerminationPreviewQuery = z.strictObject({ search: SearchText.default('') });

export const TerminationPreview = z.object({ mark: TerminationMark }).meta({ id: 'TerminationPreview' });
export type TerminationPreview = z.infer<typeof TerminationPreview>;

/** What `POST /api/UserRequestTermination` takes: a search with the mark of its preview, or ids. */
export const TerminationsRequest = z
  .strictObject({
    search: SearchText.optional().meta({ description: 'All active sessions that it finds, except one’s own' }),
    mark: TerminationMark.optional(),
    requestIds: z
      .array(RequestId)
      .min(1)
      .max(mostTerminations)
      .optional()
      .meta({ description: 'Exactly these; one’s own session only if it is among them' }),
  })
  .refine(({ search, requestIds }) => (search === undefined) !== (requestIds === undefined), {
    path: ['search'],
    message: 'or requestIds must be given, and not both',
  })
  .refine(({ search, mark }) => (search === undefined) === (mark === undefined), {
    path: ['mark'],
    message: 'goes with search, as its preview answered it',
  })
  .meta({ id: 'TerminationsRequest' });
export type TerminationsRequest = z.infer<typeof TerminationsRequest>;

export const Terminations = z
  .object({
    ended: z.int().meta({ description: 'How many sessions this request has ended' }),
    remaining: z
      .int()
      .meta({ description: `How many are still to be ended, beyond the ${mostTerminations} of one request` }),
    refused: z
      .array(z.object({ requestId: RequestId, reason: z.enum(['not-found', 'forbidden', 'not-active']) }))
      .meta({ description: 'Of the ids that were given: which could not be ended, and why' }),
  })
  .meta({ id: 'Terminations' });
export type Terminations = z.infer<typeof Terminations>;
