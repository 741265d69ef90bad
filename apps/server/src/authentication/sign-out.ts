/** DELETE /api/Authentication */
import { createRoute } from '@hono/zod-openapi';
import { tokenProblems, withToken } from '../http/access.ts';
import { NoQuery, problemAnswers } from '../http/answers.ts';
import type { Endpoint } from '../http/api.ts';

const route = createRoute({
  method: 'delete',
  path: '/api/Authentication',
  operationId: 'signOut',
  tags: ['Authentication'],
  summary: 'Sign out',
  description:
    'Ends the session whose token this is, with the reason `signed-out`. A cookie that carried the token is cleared.',
  security: withToken,
  request: { query: NoQuery },
  responses: {
    204: { description: 'Signed out' },
    ...problemAnswers('invalid', ...tokenProblems, 'cross-origin', 'too-large', 'unavailable'),
  },
});

export const signOut: Endpoint = { route, mount() {} };
