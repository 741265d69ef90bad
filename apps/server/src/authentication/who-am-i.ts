/** GET /api/Authentication */
import { createRoute } from '@hono/zod-openapi';
import { Authentication } from '@rollcall/core/schema/authentication';
import { tokenProblems, withToken } from '../http/access.ts';
import { jsonAnswer, NoQuery, problemAnswers } from '../http/answers.ts';
import type { Endpoint } from '../http/api.ts';
import { authenticationOf } from './authentication-of.ts';
import { requireSession } from './require-session.ts';

const route = createRoute({
  method: 'get',
  path: '/api/Authentication',
  operationId: 'whoAmI',
  tags: ['Authentication'],
  summary: 'Who am I',
  description: 'Whose token this is: the session, its user and organization, and what the user may do.',
  security: withToken,
  request: { query: NoQuery },
  responses: {
    200: jsonAnswer(Authentication, 'The token is good'),
    ...problemAnswers('invalid', ...tokenProblems, 'unavailable'),
  },
});

export const whoAmI: Endpoint = {
  route,
  mount(api, context) {
    const { clock } = context;
    api.openapi({ ...route, middleware: requireSession(context) }, async (c) => {
      const actor = c.get('actor');
      return c.json(authenticationOf(actor, { requestId: actor.requestId, now: clock() }), 200);
    });
  },
};
