/** DELETE /api/UserRequest/{requestId} */
import { createRoute } from '@hono/zod-openapi';
import { toMilliseconds } from '@rollcall/core/instant';
import { Termination } from '@rollcall/core/schema/session';
import { requireSession } from '../authentication/require-session.ts';
import { tokenProblems, withToken } from '../http/access.ts';
import { jsonAnswer, NoQuery, problemAnswers } from '../http/answers.ts';
import type { Endpoint } from '../http/api.ts';
import { RequestProblem } from '../http/problem.ts';
import { noSuchSession, SessionPath } from './session-path.ts';
import { sessionOf } from './session-row.ts';
import { type Refusal, terminate } from './terminate.ts';

const route = createRoute({
  method: 'delete',
  path: '/api/UserRequest/{requestId}',
  operationId: 'terminateSession',
  tags: ['Sessions'],
  summary: 'Terminate a session',
  description: [
    'Ends an active session, one’s own included; whoever held it has to sign in again. Of several terminations of one session exactly one succeeds.',
    'Without `users:manage` only one’s own sessions can be terminated; about all others the answer is `forbidden`, whether or not they exist. Refused terminations are audited too.',
  ].join('\n\n'),
  security: withToken,
  request: { query: NoQuery, params: SessionPath },
  responses: {
    200: jsonAnswer(Termination, 'The session as it ended'),
    ...problemAnswers(
      'invalid',
      ...tokenProblems,
      'forbidden',
      'cross-origin',
      'not-found',
      'not-active',
      'too-large',
      'unavailable',
    ),
  },
});

// This one: the end is in the database that it asks.
const nodes = 1;

export const terminateSession: Endpoint = {
  route,
  mount(api, context) {
    const { database, activity, clock, newId, timeouts } = context;
    api.openapi({ ...route, middleware: requireSession(context) }, async (c) => {
      const { actor, client } = c.var;
      const { requestId } = c.req.valid('param');
      const now = clock();
      await activity.flush(actor.organizationId);
      const outcome = await database.inOrganization(actor.organizationId, (tx) =>
        terminate(tx, { actor, client, requestId, now, timeouts, eventId: newId() }),
      );
      if ('refused' in outcome) throw refusalProblem(outcome.refused, requestId);
      const session = sessionOf(outcome.ended, { requestId: actor.requestId, now, timeouts });
      const milliseconds = toMilliseconds(clock()) - toMilliseconds(now);
      return c.json({ session, confirmation: { milliseconds, nodes } }, 200);
    });
  },
};

function refusalProblem(reason: Refusal, requestId: string): RequestProblem {
  const problems: Record<Refusal, RequestProblem> = {
    'not-found': noSuchSession(requestId),
    forbidden: new RequestProblem('forbidden', 'Ending other people’s sessions needs the permission users:manage.'),
    'not-active': new RequestProblem('not-active', `The session ${requestId} has ended already.`),
  };
  return problems[reason];
}
