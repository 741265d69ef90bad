/** A query parameter is given once. */
import type { MiddlewareHandler } from 'hono';
import { invalid } from './problem.ts';

/** Of two values each reader would believe another one, so neither is. */
export const refuseRepeatedParameters: MiddlewareHandler = async function refuseRepeatedParameters(c, next) {
  const repeated = Object.entries(c.req.queries()).filter(([, values]) => values.length > 1);
  const [first, ...others] = repeated.map(([field]) => ({
    in: 'query' as const,
    field,
    message: 'must be given once',
  }));
  if (first) throw invalid([first, ...others]);
  await next();
};
