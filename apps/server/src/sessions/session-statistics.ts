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
    const { activity, clock, database } = context;
    api.openapi({ ...route, middleware: requireSession(context) }, async (c) => {
      const { actor } = c.var;
      const now = clock();
      const { organizationId, timeouts } = actor;
      // before the database is read: what is written in between does not count twice
      const pending = activity.allPending(organizationId);
      const read: Work<SessionStatistics> = (tx) => readStatistics(tx, { actor, now, timeouts }, pending);
      const statistics = await database.inOrganization(organizationId, read, 'reading');
      return c.json(statistics, 200);
    });
  },
};
