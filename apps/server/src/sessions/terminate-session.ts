/** DELETE /api/UserRequest/{requestId} */
import { createRoute } from '@hono/zod-openapi';
import { Termination } from '@rollcall/core/schema/session';
import { requireSession } from '../authentication/require-session.ts';
import { tokenProblems, withToken } from '../http/access.ts';
import { jsonAnswer, NoQuery, problemAnswers } from '../http/answers.ts';
import type { Endpoint } from '../http/api.ts';
import { RequestProblem } from '../http/problem.ts';
import { recordConfirmation } from './record-confirmation.ts';
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

export const terminateSession: Endpoint = {
  route,
  mount(api, context) {
    const { announcements, activity, clock, newId } = context;
    api.openapi({ ...route, middleware: requireSession(context) }, async (c) => {
      const { actor, client } = c.var;
      const { timeouts } = actor;
      const { requestId } = c.req.valid('param');
      const now = clock();
      await activity.flush(actor.organizationId);
      const { result, confirmation } = await announcements.change(actor.organizationId, async (tx, changed) => {
        const outcome = await terminate(tx, { actor, client, requestId, now, timeouts, eventId: newId() });
        if ('ended' in outcome) changed(requestId);
        return outcome;
      });
      if ('refused' in result) throw refusalProblem(result.refused, requestId);
      await recordConfirmation(context, { actor, client, subject: result.ended, confirmation });
      const session = sessionOf(result.ended, { requestId: actor.requestId, now, timeouts });
      return c.json({ session, confirmation }, 200);
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
