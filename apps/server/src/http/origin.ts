/** Which pages may call: one's own for what a cookie allows, others only with a token of their own. */
import type { HonoRequest, MiddlewareHandler } from 'hono';
import { cors } from 'hono/cors';
import { exportTotalHeader, nextTokenHeader } from './access.ts';
import { RequestProblem } from './problem.ts';

const exposed = [nextTokenHeader, exportTotalHeader, 'Retry-After', 'Rollcall-Trace-Id'];

/** CORS for these origins, without cookies; browsers keep every other origin from reading answers. */
export function allowOrigins(origins: readonly string[]): MiddlewareHandler {
  const answer = cors({
    origin: [...origins],
    allowMethods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowHeaders: ['Authorization', 'Content-Type'],
    exposeHeaders: exposed,
    maxAge: 600,
  });
  return async function allowOrigin(c, next) {
    if (origins.includes(c.req.header('origin') ?? '')) return await answer(c, next);
    await next();
    c.res.headers.append('Vary', 'Origin');
  };
}

/** A browser sends a site's cookies with requests that other sites make; only `Origin` tells them apart. */
export function demandOwnOrigin(request: HonoRequest, publicUrl: URL): void {
  const origin = request.header('origin');
  if (origin !== undefined && ownOrigin(origin) === ownOrigin(publicUrl.origin)) return;
  const from = origin === undefined ? 'says no origin' : `comes from ${origin}`;
  throw new RequestProblem(
    'cross-origin',
    `The request ${from}; with a cookie it has to come from ${publicUrl.origin}.`,
  );
}

// Two names of this machine, which people mix.
function ownOrigin(origin: string): string {
  return origin.replace(/^http:\/\/127\.0\.0\.1(?=$|:)/, 'http://localhost');
}
