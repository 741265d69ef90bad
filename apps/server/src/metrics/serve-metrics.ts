/** GET /metrics: for the operator's Prometheus, in its own format. It is no part of the API, and no session may read it. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { unauthenticated } from '../authentication/judging.ts';
import { bearerToken } from '../authentication/require-session.ts';
import type { Context } from '../context.ts';
import type { Api } from '../http/api.ts';

/** Where no `metricsToken` is set there is nothing at that address. */
export function mountMetrics(api: Api, { metrics, metricsToken }: Pick<Context, 'metrics' | 'metricsToken'>): void {
  if (metricsToken === undefined) return;
  api.get('/metrics', async (c) => {
    if (!isSame(bearerToken(c) ?? '', metricsToken))
      throw unauthenticated('Reading metrics takes ROLLCALL_METRICS_TOKEN.');
    return c.body(await metrics.text(), 200, { 'Content-Type': metrics.contentType });
  });
}

// Digests, because texts of two lengths cannot be compared in constant time.
function isSame(presented: string, expected: string): boolean {
  return timingSafeEqual(digestOf(presented), digestOf(expected));
}

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
