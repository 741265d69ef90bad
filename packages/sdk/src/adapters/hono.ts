/** Hono: lets in whoever presents a good token. */
import type { Context, MiddlewareHandler } from 'hono';
import type { ActiveIntrospection, Verifier } from '../verifier.ts';
import { admit, nextTokenHeader, uncached } from './admission.ts';

export interface HonoOptions {
  /** The client's address, which Hono itself does not know; with `@hono/node-server` that is `(c) => getConnInfo(c).remote.address`. */
  readonly ipAddress?: (c: Context) => string | undefined;
}

/**
 * A middleware: `c.var.authentication` is whose token it was, and what they may do. Anybody else is answered 401 with the reason, or 503 while the
 * service does not answer.
 *
 * @example
 * app.use(requireSession(verifier, { ipAddress: (c) => getConnInfo(c).remote.address }));
 * app.get('/', (c) => c.text(`Hello, ${c.var.authentication.user.email}`));
 */
export function requireSession(
  verifier: Pick<Verifier, 'verify'>,
  { ipAddress = () => undefined }: HonoOptions = {},
): MiddlewareHandler<{ Variables: { authentication: ActiveIntrospection } }> {
  return async function requireSession(c, next) {
    const { admitted, refusal } = await admit(verifier, {
      authorization: c.req.header('authorization'),
      userAgent: c.req.header('user-agent'),
      ipAddress: ipAddress(c),
    });
    if (refusal) return new Response(refusal.body, refusal);
    c.set('authentication', admitted);
    await next();
    if (admitted.nextToken === undefined) return undefined;
    c.header(nextTokenHeader, admitted.nextToken);
    c.header(...uncached);
    return undefined;
  };
}
