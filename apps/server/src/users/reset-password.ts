/** POST /api/UserPasswordReset/{userId} */
import { createRoute } from '@hono/zod-openapi';
import { PasswordReset } from '@rollcall/core/schema/authentication';
import { requireSession } from '../authentication/require-session.ts';
import { tokenProblems, withToken } from '../http/access.ts';
import { jsonAnswer, NoQuery, problemAnswers } from '../http/answers.ts';
import type { Endpoint } from '../http/api.ts';
import { UserPath } from './get-user.ts';
import { manageUser } from './manage-user.ts';
import { makePasswordLink } from './password-links.ts';

const route = createRoute({
  method: 'post',
  path: '/api/UserPasswordReset/{userId}',
  operationId: 'resetPassword',
  tags: ['Users'],
  summary: 'Let a user choose another password',
  description: [
    'The present password is good no longer, and the user’s sessions end. The answer has a link, once, with which they choose another; a former link is good no longer. For somebody who has been invited it is a new invitation.',
    'Needs `users:manage` and every permission that the user has. Not for service accounts, and not for the last active administrator, who can change their own.',
  ].join('\n\n'),
  security: withToken,
  request: { query: NoQuery, params: UserPath },
  responses: {
    201: jsonAnswer(PasswordReset, 'The user, and the link'),
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

export const resetPassword: Endpoint = {
  route,
  mount(api, context) {
    api.openapi({ ...route, middleware: requireSession(context) }, async (c) => {
      const { userId } = c.req.valid('param');
      const { organizationId } = c.var.actor;
      const link = makePasswordLink(context, { organizationId, userId, at: context.clock() });
      const changesOf = () => [{ kind: 'reset-password' as const, link: link.kept }];
      const managed = await manageUser(context, { ...c.var, userId, changesOf });
      return c.json({ ...managed, passwordLink: link.shown }, 201);
    });
  },
};
