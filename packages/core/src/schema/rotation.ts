import * as z from 'zod';
import { Instant } from './instant.ts';

/** What is kept of a session's tokens: each rotation, and whatever was odd. */
export const TokenEvent = z
  .object({
    at: Instant,
    verdict: z.enum(['confirmed', 'race', 'reuse']).meta({
      description:
        '`confirmed`: the next token came into use. `race`: the one before it was used within the grace. `reuse`: an outdated one was used, and the session ended.',
    }),
    number: z.int().meta({ description: 'Of the token that was presented; a session’s tokens count from 1' }),
    generation: z.int().meta({ description: 'The number of the current token at that time' }),
    ipAddress: z.string(),
    userAgent: z.string(),
  })
  .meta({ id: 'TokenEvent' });
export type TokenEvent = z.infer<typeof TokenEvent>;

/** Newest first, the newest fifty. */
export const Rotations = z.object({ rotations: z.array(TokenEvent) }).meta({ id: 'Rotations' });
export type Rotations = z.infer<typeof Rotations>;
