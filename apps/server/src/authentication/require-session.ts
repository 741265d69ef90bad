/** The middleware of every endpoint that needs a session. */
import type { Context as HonoContext } from 'hono';
import type { Context } from '../context.ts';
import type { RequireSession } from '../http/api.ts';
import { demandOwnOrigin } from '../http/origin.ts';
import { readSessionCookie } from '../http/session-cookie.ts';
import { authenticate, unauthenticated } from './authenticate.ts';

const safeMethods = new Set(['GET', 'HEAD']);

export function requireSession(context: Context): RequireSession {
  const { publicUrl } = context;
  return async function requireSession(c, next) {
    const presented = presentedToken(c, publicUrl);
    if (presented.carrier === 'cookie' && !safeMethods.has(c.req.method)) demandOwnOrigin(c.req, publicUrl);
    c.set('actor', await authenticate(context, { ...presented, client: c.var.client }));
    await next();
  };
}

/** The token of the `Authorization` header, or undefined where that holds none. */
export function bearerToken(c: HonoContext): string | undefined {
  return /^Bearer +(\S+) *$/i.exec(c.req.header('authorization') ?? '')?.[1];
}

function presentedToken(c: HonoContext, publicUrl: URL) {
  const bearer = bearerToken(c);
  if (bearer !== undefined) return { token: bearer, carrier: 'header' } as const;
  const cookie = readSessionCookie(c, publicUrl);
  if (cookie !== undefined) return { token: cookie, carrier: 'cookie' } as const;
  throw unauthenticated('The request carries no token.');
}
