/** The answers that routes declare. */
import { type ProblemCode, problems } from '@rollcall/core/problem';
import { Problem } from '@rollcall/core/schema/problem';
import * as z from 'zod';

/** For endpoints without query parameters: any is refused. */
export const NoQuery = z.strictObject({});

export function jsonAnswer<S extends z.ZodType>(schema: S, description: string) {
  return { description, content: { 'application/json': { schema } } };
}

/** Every code that an endpoint may answer, by status. Typed as nothing: handlers throw problems, they never return them. */
export function problemAnswers(...codes: readonly ProblemCode[]): object {
  const answers = Map.groupBy([...codes, 'internal'] as const, (code) => problems[code].status);
  return Object.fromEntries([...answers].map(([status, alike]) => [status, problemAnswer(alike)]));
}

/** For browsers alone. */
export function redirectAnswer(description: string) {
  return { description, headers: { Location: { description: 'Where to', schema: { type: 'string' } } } } as const;
}

const seconds = { schema: { type: 'integer' } } as const;

function problemAnswer(codes: readonly ProblemCode[]) {
  const waits = codes.some((code) => code === 'unavailable' || code === 'too-many-attempts');
  return {
    description: codes.map((code) => `\`${code}\`: ${problems[code].title}`).join('\n\n'),
    ...(waits && { headers: { 'Retry-After': { description: 'Seconds to wait', ...seconds } } }),
    content: { 'application/problem+json': { schema: Problem } },
  };
}
