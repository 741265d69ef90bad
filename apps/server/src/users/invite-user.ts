/** POST /api/Users */
import { createRoute } from '@hono/zod-openapi';
import { Invited } from '@rollcall/core/schema/authentication';
import { Invitation } from '@rollcall/core/schema/user';
import { judgeInvitation } from '@rollcall/core/user-management';
import { writeAuditEvent } from '../audit/write-audit-event.ts';
import { requireSession } from '../authentication/require-session.ts';
import { tokenProblems, withToken } from '../http/access.ts';
import { jsonAnswer, NoQuery, problemAnswers } from '../http/answers.ts';
import type { Endpoint } from '../http/api.ts';
import { RequestProblem } from '../http/problem.ts';
import { createUser, EmailTaken } from './create-user.ts';
import { makePasswordLink } from './password-links.ts';
import { codeOf, refusalOf } from './refusals.ts';
import { readUser } from './user-details.ts';

const route = createRoute({
  method: 'post',
  path: '/api/Users',
  operationId: 'inviteUser',
  tags: ['Users'],
  summary: 'Invite a person, or create a service account',
  description: [
    'A person is invited: the answer has a link, once, with which they choose their password. Hand it on by a way that you trust; it can be used once, within 72 hours.',
    'A service account has no password. Only people can be administrators.',
    'Needs `users:manage`, and every permission that is given.',
  ].join('\n\n'),
  security: withToken,
  request: {
    query: NoQuery,
    body: { required: true, content: { 'application/json': { schema: Invitation } } },
  },
  responses: {
    201: jsonAnswer(Invited, 'The user, and for a person the link'),
    ...problemAnswers(
      'invalid',
      ...tokenProblems,
      'forbidden',
      'cross-origin',
      'email-taken',
      'too-large',
      'unsupported-media-type',
      'unavailable',
    ),
  },
});

export const inviteUser: Endpoint = {
  route,
  mount(api, context) {
    const { database, clock, newId } = context;
    api.openapi({ ...route, middleware: requireSession(context) }, async (c) => {
      const { actor, client } = c.var;
      const { organizationId, timeouts } = actor;
      const invitation = c.req.valid('json');
      const ids = { organizationId, userId: newId(), at: clock() };
      const verdict = judgeInvitation(actor, invitation);
      if (!verdict.allowed) {
        const event = {
          organizationId,
          eventId: newId(),
          at: ids.at,
          actor,
          client,
          subject: { email: invitation.email },
        };
        const refused = { action: 'user-created', outcome: 'refused', reason: codeOf(verdict.reason) } as const;
        await database.inOrganization(organizationId, (tx) => writeAuditEvent(tx, { ...event, ...refused }));
        throw refusalOf(verdict.reason);
      }
      const link = invitation.accountType === 'person' ? makePasswordLink(context, ids) : undefined;
      const invited = { ...ids, ...invitation, ...(link && { link: link.kept }) };
      const user = await database.inOrganization(organizationId, async (tx) => {
        await createUser(tx, { ...invited, eventId: newId(), by: { actor, client } }).catch(refuseTaken);
        return await readUser(tx, { actor, now: ids.at, timeouts }, ids.userId);
      });
      if (!user) throw new Error(`user ${ids.userId} was created and is not there`);
      return c.json({ user, ...(link && { passwordLink: link.shown }) }, 201);
    });
  },
};

function refuseTaken(error: unknown): never {
  if (error instanceof EmailTaken) throw new RequestProblem('email-taken', `${error.message}.`);
  throw error;
}
