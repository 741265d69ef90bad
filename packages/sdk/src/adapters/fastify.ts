/** Fastify: lets in whoever presents a good token. */
import type { FastifyInstance } from 'fastify';
import type { ActiveIntrospection, Verifier } from '../verifier.ts';
import { admit, nextTokenHeader, uncached } from './admission.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Whose token it was, and what they may do; there behind `requireSession`. */
    authentication: ActiveIntrospection | null;
  }
}

/**
 * A plugin for every route of the instance that registers it: `request.authentication` is whose token it was, and what they may do. Anybody else is
 * answered 401 with the reason, or 503 while the service does not answer.
 *
 * @example
 * await app.register(requireSession(verifier));
 * app.get('/', ({ authentication }) => `Hello, ${authentication?.user.email}`);
 */
export function requireSession(verifier: Pick<Verifier, 'verify'>) {
  async function requireSession(app: FastifyInstance): Promise<void> {
    app.decorateRequest('authentication', null);
    app.addHook('onRequest', async (request, reply) => {
      const { authorization, 'user-agent': userAgent } = request.headers;
      const { admitted, refusal } = await admit(verifier, { authorization, userAgent, ipAddress: request.ip });
      if (refusal) {
        // To a text Fastify would add a charset, which this media type has not.
        return reply.code(refusal.status).headers(refusal.headers).send(new TextEncoder().encode(refusal.body));
      }
      request.authentication = admitted;
      if (admitted.nextToken !== undefined) reply.header(nextTokenHeader, admitted.nextToken);
      return undefined;
    });
    app.addHook('onSend', async ({ authentication }, reply) => {
      if (authentication?.nextToken !== undefined) reply.header(...uncached);
    });
  }
  // By this mark Fastify keeps to the instance that registers it, rather than to one of the plugin's own.
  return Object.assign(requireSession, { [Symbol.for('skip-override')]: true });
}
