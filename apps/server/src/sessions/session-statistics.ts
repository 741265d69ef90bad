/** GET /api/UserRequestStatistics */
import { createRoute } from '@hono/zod-openapi';
import { SessionStatistics } from '@rollcall/core/schema/session';
import { requireSession } from '../authentication/require-session.ts';
import type { Work } from '../database/database.ts';
import { tokenProblems, withToken } from '../http/access.ts';
import { jsonAnswer, NoQuery, problemAnswers } from '../http/answers.ts';
import type { Endpoint } from '../http/api.ts';
import { readStatistics } from './read-statistics.ts';

const route = createRoute({
  method: 'get',
  path: '/api/UserRequestStatistics',
  operationId: 'sessionStatistics',
  tags: ['Sessions'],
  summary: 'Statistics of sessions',
  description: 'Over all sessions that the caller may see, never only over a page or a search.',
  security: withToken,
  request: { query: NoQuery },
  responses: {
    200: jsonAnswer(SessionStatistics, 'The figures, not rounded'),
    ...problemAnswers('invalid', ...tokenProblems, 'unavailable'),
  },
});

export const sessionStatistics: Endpoint = {
  route,
  mount(api, context) {
    const { activity, clock } = context;
    api.openapi({ ...route, middleware: requireSession(context) }, async (c) => {
      const { actor } = c.var;
      const now = clock();
      const read: Work<SessionStatistics> = (tx) => readStatistics(tx, { actor, now, timeouts: actor.timeouts });
      const statistics = await activity.readAfter(actor.organizationId, read);
      return c.json(statistics, 200);
    });
  },
};
