/** Express: lets in whoever presents a good token. */
import type { ActiveIntrospection, Verifier } from '../verifier.ts';
import { type NodeRequest, type NodeResponse, requireSession as requireSessionOfNode } from './node.ts';

declare global {
  namespace Express {
    interface Request {
      /** Whose token it was, and what they may do; there behind `requireSession`. */
      authentication?: ActiveIntrospection;
    }
  }
}

/** What is needed of a `Request`; its `ip` follows Express's setting `trust proxy`. */
export interface ExpressRequest extends NodeRequest {
  readonly ip?: string | undefined;
  authentication?: ActiveIntrospection;
}

/**
 * A middleware: `req.authentication` is whose token it was, and what they may do. Anybody else is answered 401 with the reason, or 503 while the service
 * does not answer.
 *
 * @example
 * app.use(requireSession(verifier));
 * app.get('/', (req, res) => res.send(`Hello, ${req.authentication?.user.email}`));
 */
export function requireSession(verifier: Pick<Verifier, 'verify'>) {
  const authenticate = requireSessionOfNode<ExpressRequest>(verifier, { ipAddress: ({ ip }) => ip });
  return async function requireSession(
    request: ExpressRequest,
    response: NodeResponse,
    next: (error?: unknown) => void,
  ): Promise<void> {
    try {
      const authentication = await authenticate(request, response);
      if (!authentication) return;
      request.authentication = authentication;
    } catch (error) {
      // Express 4 does not wait for a middleware
      next(error);
      return;
    }
    next();
  };
}
