/** GET /api/UserRequest/{requestId} */
import { createRoute } from '@hono/zod-openapi';
import { expiresBy } from '@rollcall/core/lifetime';
import { SessionAnswer } from '@rollcall/core/schema/session';
import { requireSession } from '../authentication/require-session.ts';
import { tokenProblems, withToken } from '../http/access.ts';
import { jsonAnswer, NoQuery, problemAnswers } from '../http/answers.ts';
import type { Endpoint } from '../http/api.ts';
import { describeDevice } from './device-of.ts';
import { visibleTo } from './matching-sessions.ts';
import { noSuchSession, SessionPath } from './session-path.ts';
import { sessionColumns, sessionOf, spanOf } from './session-row.ts';

const route = createRoute({
  method: 'get',
  path: '/api/UserRequest/{requestId}',
  operationId: 'getSession',
  tags: ['Sessions'],
  summary: 'Get one session',
  description: 'Another organization’s session is not found, and without `users:manage` neither is anybody else’s.',
  security: withToken,
  request: { query: NoQuery, params: SessionPath },
  responses: {
    200: jsonAnswer(SessionAnswer, 'The session'),
    ...problemAnswers('invalid', ...tokenProblems, 'not-found', 'unavailable'),
  },
});

export const getSession: Endpoint = {
  route,
  mount(api, context) {
    const { activity, clock } = context;
    api.openapi({ ...route, middleware: requireSession(context) }, async (c) => {
      const { actor } = c.var;
      const { requestId } = c.req.valid('param');
      const now = clock();
      const row = await activity.readAfter(actor.organizationId, (tx) =>
        tx
          .selectFrom('sessions')
          .select(sessionColumns)
          .select('token_generation')
          .where(visibleTo(actor))
          .where('request_id', '=', requestId)
          .executeTakeFirst(),
      );
      if (!row) throw noSuchSession(requestId);
      const { timeouts } = actor;
      const answer = {
        session: sessionOf(row, { requestId: actor.requestId, now, timeouts }),
        device: describeDevice(row.user_agent),
        expiresBy: expiresBy(spanOf(row), timeouts),
        tokenGeneration: row.token_generation,
      };
      return c.json(answer, 200);
    });
  },
};
