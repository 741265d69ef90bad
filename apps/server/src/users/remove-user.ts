/** DELETE /api/User/{userId} */
import { createRoute } from '@hono/zod-openapi';
import { ChangedUser } from '@rollcall/core/schema/user';
import { requireSession } from '../authentication/require-session.ts';
import { tokenProblems, withToken } from '../http/access.ts';
import { jsonAnswer, NoQuery, problemAnswers } from '../http/answers.ts';
import type { Endpoint } from '../http/api.ts';
import { UserPath } from './get-user.ts';
import { manageUser } from './manage-user.ts';

const route = createRoute({
  method: 'delete',
  path: '/api/User/{userId}',
  operationId: 'removeUser',
  tags: ['Users'],
  summary: 'Remove a user',
  description:
    'Ends their sessions and frees their e-mail for others; their sessions and the audit trail stay. It cannot be undone. Needs `users:manage` and every permission that the user has. The last active administrator stays.',
  security: withToken,
  request: { query: NoQuery, params: UserPath },
  responses: {
    200: jsonAnswer(ChangedUser, 'The user as they were'),
    ...problemAnswers(
      'invalid',
      ...tokenProblems,
      'forbidden',
      'cross-origin',
      'not-found',
      'last-administrator',
      'too-large',
      'unavailable',
    ),
  },
});

export const removeUser: Endpoint = {
  route,
  mount(api, context) {
    api.openapi({ ...route, middleware: requireSession(context) }, async (c) => {
      const { userId } = c.req.valid('param');
      const changesOf = () => [{ kind: 'remove' as const }];
      return c.json(await manageUser(context, { ...c.var, userId, changesOf }), 200);
    });
  },
};
