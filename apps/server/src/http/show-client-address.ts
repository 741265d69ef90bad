/** GET /api/ClientAddress */
import { createRoute } from '@hono/zod-openapi';
import { may } from '@rollcall/core/permission';
import { ClientAddress } from '@rollcall/core/schema/client-address';
import { requireSession } from '../authentication/require-session.ts';
import { tokenProblems, withToken } from './access.ts';
import { jsonAnswer, NoQuery, problemAnswers } from './answers.ts';
import type { Endpoint } from './api.ts';
import { explainAddress } from './client-address.ts';
import { RequestProblem } from './problem.ts';

const route = createRoute({
  method: 'get',
  path: '/api/ClientAddress',
  operationId: 'clientAddress',
  tags: ['Organization'],
  summary: 'See which address is believed',
  description:
    'How the address of this very request was decided: every hop that was written, which proxies are trusted, and where belief ended. For finding out why sessions show a proxy’s address. Needs `users:manage`.',
  security: withToken,
  request: { query: NoQuery },
  responses: {
    200: jsonAnswer(ClientAddress, 'The address, and why'),
    ...problemAnswers('invalid', ...tokenProblems, 'forbidden', 'unavailable'),
  },
});

export const showClientAddress: Endpoint = {
  route,
  mount(api, context) {
    const { trustedProxies } = context;
    api.openapi({ ...route, middleware: requireSession(context) }, (c) => {
      if (!may(c.var.actor, 'users:manage')) {
        throw new RequestProblem('forbidden', 'Seeing which proxies are trusted needs the permission users:manage.');
      }
      const { ipAddress } = c.var.client;
      const facts = c.env?.client ?? { peerAddress: undefined, forwardedFor: undefined, userAgent: undefined };
      const hops = explainAddress(facts, trustedProxies);
      return c.json({ ipAddress, hops, trustedProxies: [...trustedProxies] }, 200);
    });
  },
};
