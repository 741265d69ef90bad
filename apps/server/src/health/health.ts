/** What both health checks answer while all is well. */
import * as z from 'zod';

export const Health = z.object({ status: z.literal('ok') }).meta({ id: 'Health' });
