import * as z from 'zod';
import { type ProblemCode as Code, problems } from '../problem.ts';
import { EndReason } from './session.ts';

const codes = Object.keys(problems) as [Code, ...Code[]];

export const ProblemCode = z.enum(codes).meta({ id: 'ProblemCode' });
export type ProblemCode = z.infer<typeof ProblemCode>;

/** What is wrong with one member of a request; `field` is its path, as in `client.ipAddress`. */
export const FieldProblem = z
  .object({ in: z.enum(['body', 'query', 'path', 'header']), field: z.string(), message: z.string() })
  .meta({ id: 'FieldProblem' });
export type FieldProblem = z.infer<typeof FieldProblem>;

/** Who ended a session, as far as the holder of its token may know. */
export const EndedBy = z.enum(['user', 'administrator', 'service']).meta({ id: 'EndedBy' });
export type EndedBy = z.infer<typeof EndedBy>;

/** A failure over HTTP, as RFC 9457 has it, `application/problem+json`. */
export const Problem = z
  .object({
    type: z.string().meta({ description: 'Address of the page about this code' }),
    title: z.string(),
    status: z.int(),
    code: ProblemCode,
    detail: z.string(),
    traceId: z.string().meta({ description: 'The id of the failing HTTP request, as in the server’s log' }),
    errors: z.array(FieldProblem).optional(),
    endReason: EndReason.optional().meta({ description: 'With `session-ended`: why' }),
    endedBy: EndedBy.optional().meta({ description: 'With `session-ended`: who ended it, but never by name' }),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof Problem>;
