/** Whatever is thrown becomes a problem document; what nobody expected is logged, and never shown. */
import type { Context as HonoContext } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { Context } from '../context.ts';
import { DatabaseUnavailable } from '../database/unavailable.ts';
import type { Env } from './api.ts';
import { invalid, problemResponse, RequestProblem } from './problem.ts';

const retryAfterSeconds = 2;

export function answerFailure({ log, publicUrl }: Pick<Context, 'log' | 'publicUrl'>) {
  return function onError(error: Error, c: HonoContext<Env>): Response {
    const { traceId } = c.var;
    const problem = problemOf(error);
    if (problem.code === 'internal') log.error({ traceId, err: error }, 'a request failed');
    if (problem.code === 'unavailable') log.warn({ traceId, err: error }, 'the database did not answer');
    return problemResponse(problem, { traceId, publicUrl });
  };
}

function problemOf(error: Error): RequestProblem {
  if (error instanceof RequestProblem) return error;
  if (error instanceof DatabaseUnavailable) {
    const headers = { 'Retry-After': String(retryAfterSeconds) };
    return new RequestProblem('unavailable', 'The database does not answer.', { headers });
  }
  if (error instanceof HTTPException && error.status === 415) {
    return new RequestProblem(
      'unsupported-media-type',
      'The body must be sent as the endpoint takes it: as JSON, but for logout tokens.',
    );
  }
  if (error instanceof HTTPException && error.status === 400) {
    return invalid([{ in: 'body', field: '', message: 'must be JSON' }]);
  }
  return new RequestProblem('internal', 'The request could not be answered. Nothing is known to have changed.');
}
