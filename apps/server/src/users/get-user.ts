/** GET /api/User/{userId} */
import { createRoute } from '@hono/zod-openapi';
import { may } from '@rollcall/core/permission';
import { UserAnswer, UserId } from '@rollcall/core/schema/user';
import * as z from 'zod';
import { requireSession } from '../authentication/require-session.ts';
import { tokenProblems, withToken } from '../http/access.ts';
import { jsonAnswer, NoQuery, problemAnswers } from '../http/answers.ts';
import type { Endpoint } from '../http/api.ts';
import { RequestProblem } from '../http/problem.ts';
import { refusalOf } from './refusals.ts';
import { readUser } from './user-details.ts';

/** Of every address that names one user. */
export const UserPath = z.strictObject({ userId: UserId });

const route = createRoute({
  method: 'get',
  path: '/api/User/{userId}',
  operationId: 'getUser',
  tags: ['Users'],
  summary: 'Look at one user',
  description:
    'Needs `users:manage`; oneself may always be looked at. Users of other organizations and removed ones are not found.',
  security: withToken,
  request: { query: NoQuery, params: UserPath },
  responses: {
    200: jsonAnswer(UserAnswer, 'The user'),
    ...problemAnswers('invalid', ...tokenProblems, 'forbidden', 'not-found', 'unavailable'),
  },
});

export const getUser: Endpoint = {
  route,
  mount(api, context) {
    const { activity, clock } = context;
    api.openapi({ ...route, middleware: requireSession(context) }, async (c) => {
      const { actor } = c.var;
      const { organizationId, timeouts } = actor;
      const { userId } = c.req.valid('param');
      if (userId !== actor.userId && !may(actor, 'users:manage')) throw refusalOf('forbidden');
      const user = await activity.readAfter(organizationId, (tx) =>
        readUser(tx, { actor, now: clock(), timeouts }, userId),
      );
      if (!user) throw new RequestProblem('not-found', `There is no user ${userId}.`);
      return c.json({ user }, 200);
    });
  },
};
