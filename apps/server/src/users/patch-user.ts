/** PATCH /api/User/{userId} */
import { createRoute } from '@hono/zod-openapi';
import { ChangedUser, UserChange } from '@rollcall/core/schema/user';
import type { ManagedUser } from '@rollcall/core/user-management';
import { requireSession } from '../authentication/require-session.ts';
import { tokenProblems, withToken } from '../http/access.ts';
import { jsonAnswer, NoQuery, problemAnswers } from '../http/answers.ts';
import type { Endpoint } from '../http/api.ts';
import { UserPath } from './get-user.ts';
import { type Management, manageUser } from './manage-user.ts';

const route = createRoute({
  method: 'patch',
  path: '/api/User/{userId}',
  operationId: 'changeUser',
  tags: ['Users'],
  summary: 'Change what a user may do, disable or enable them',
  description: [
    'What is left out stays as it is. Their running sessions may do at once what they may do now; disabling ends them.',
    'Needs `users:manage`, every permission that is given, and every permission that the user has. The last active administrator stays one.',
  ].join('\n\n'),
  security: withToken,
  request: {
    query: NoQuery,
    params: UserPath,
    body: { required: true, content: { 'application/json': { schema: UserChange } } },
  },
  responses: {
    200: jsonAnswer(ChangedUser, 'The user as they are now'),
    ...problemAnswers(
      'invalid',
      ...tokenProblems,
      'forbidden',
      'cross-origin',
      'not-found',
      'last-administrator',
      'too-large',
      'unsupported-media-type',
      'unavailable',
    ),
  },
});

export const patchUser: Endpoint = {
  route,
  mount(api, context) {
    api.openapi({ ...route, middleware: requireSession(context) }, async (c) => {
      const change = c.req.valid('json');
      const { userId } = c.req.valid('param');
      const changesOf = (subject: ManagedUser) => changesTo(subject, change);
      return c.json(await manageUser(context, { ...c.var, userId, changesOf }), 200);
    });
  },
};

function changesTo(subject: ManagedUser, { role, permissions, isDisabled }: UserChange): Management[] {
  const rights = { role: role ?? subject.role, permissions: permissions ?? subject.permissions };
  return [
    ...(role === undefined && permissions === undefined ? [] : [{ kind: 'rights' as const, rights }]),
    ...(isDisabled === undefined || isDisabled === subject.isDisabled ? [] : [{ kind: disabling(isDisabled) }]),
  ];
}

function disabling(isDisabled: boolean): 'disable' | 'enable' {
  return isDisabled ? 'disable' : 'enable';
}
