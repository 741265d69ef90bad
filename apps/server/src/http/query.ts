/** A query parameter is given once. */
import type { MiddlewareHandler } from 'hono';
import { invalid } from './problem.ts';

/** Of two values each reader would believe another one, so neither is. */
export const refuseRepeatedParameters: MiddlewareHandler = async function refuseRepeatedParameters(c, next) {
  if (c.req.url.includes('?')) demandEachOnce(c.req.queries());
  await next();
};

function demandEachOnce(queries: Readonly<Record<string, readonly string[]>>): void {
  const repeated = Object.entries(queries).filter(([, values]) => values.length > 1);
  const [first, ...others] = repeated.map(([field]) => ({
    in: 'query' as const,
    field,
    message: 'must be given once',
  }));
  if (first) throw invalid([first, ...others]);
}
