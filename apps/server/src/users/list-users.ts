/** GET /api/Users */
import { createRoute } from '@hono/zod-openapi';
import { may } from '@rollcall/core/permission';
import { UserList, UserListQuery } from '@rollcall/core/schema/user';
import { requireSession } from '../authentication/require-session.ts';
import { tokenProblems, withToken } from '../http/access.ts';
import { jsonAnswer, problemAnswers } from '../http/answers.ts';
import type { Endpoint } from '../http/api.ts';
import { refusalOf } from './refusals.ts';
import { readUserPage } from './user-details.ts';

const route = createRoute({
  method: 'get',
  path: '/api/Users',
  operationId: 'listUsers',
  tags: ['Users'],
  summary: 'List users',
  description:
    'The people and service accounts of the caller’s organization, by e-mail, with what they may do and how many active sessions they have. Removed ones are left out. Needs `users:manage`.',
  security: withToken,
  request: { query: UserListQuery },
  responses: {
    200: jsonAnswer(UserList, 'One page of users'),
    ...problemAnswers('invalid', ...tokenProblems, 'forbidden', 'unavailable'),
  },
});

export const listUsers: Endpoint = {
  route,
  mount(api, context) {
    const { activity, clock } = context;
    api.openapi({ ...route, middleware: requireSession(context) }, async (c) => {
      const { actor } = c.var;
      const { organizationId, timeouts } = actor;
      if (!may(actor, 'users:manage')) throw refusalOf('forbidden');
      const { page, pageSize, ...filter } = c.req.valid('query');
      const found = await activity.readAfter(organizationId, (tx) =>
        readUserPage(tx, { actor, now: clock(), timeouts }, { ...filter, page, pageSize }),
      );
      return c.json({ ...found, totalIsExact: true, page, pageSize }, 200);
    });
  },
};
