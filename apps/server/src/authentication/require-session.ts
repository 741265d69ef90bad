/** The middleware of every endpoint that needs a session. */
import type { Context as HonoContext } from 'hono';
import type { Context } from '../context.ts';
import { nextTokenHeader } from '../http/access.ts';
import type { RequireSession } from '../http/api.ts';
import { demandOwnOrigin } from '../http/origin.ts';
import { hasSessionCookie, readSessionCookie, setSessionCookie } from '../http/session-cookie.ts';
import type { Actor } from './actor.ts';
import { authenticate } from './authenticate.ts';
import { unauthenticated } from './judging.ts';

const safeMethods = new Set(['GET', 'HEAD']);

export function requireSession(context: Context): RequireSession {
  const { publicUrl } = context;
  return async function requireSession(c, next) {
    const presented = presentedToken(c, publicUrl);
    if (presented.carrier === 'cookie' && !safeMethods.has(c.req.method)) demandOwnOrigin(c.req, publicUrl);
    const actor = await authenticate(context, { ...presented, client: c.get('client') });
    c.set('actor', actor);
    await next();
    carryNextToken(c, actor, context);
  };
}

/**
 * Whatever was answered, a failure too: the next token travels the way the presented one came. An answer that sets or
 * clears the cookie for a reason of its own is left alone.
 */
export function carryNextToken(c: HonoContext, actor: Actor, { publicUrl }: Pick<Context, 'publicUrl'>): void {
  const { nextToken, carrier, timeouts } = actor;
  if (nextToken === undefined) return;
  if (carrier === 'header') c.header(nextTokenHeader, nextToken);
  else if (!hasSessionCookie(c.res, publicUrl)) setSessionCookie(c, nextToken, { publicUrl, timeouts });
}

/** The token of the `Authorization` header, or undefined where that holds none. */
export function bearerToken(c: HonoContext): string | undefined {
  return tokenIn(c.req.header('authorization'));
}

/** The same of what the header says. */
export function tokenIn(authorization = ''): string | undefined {
  return /^Bearer +(\S+) *$/i.exec(authorization)?.[1];
}

function presentedToken(c: HonoContext, publicUrl: URL) {
  const bearer = bearerToken(c);
  if (bearer !== undefined) return { token: bearer, carrier: 'header' } as const;
  const cookie = readSessionCookie(c, publicUrl);
  if (cookie !== undefined) return { token: cookie, carrier: 'cookie' } as const;
  throw unauthenticated('The request carries no token.');
}
