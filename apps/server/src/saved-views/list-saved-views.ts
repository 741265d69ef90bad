/** GET /api/SavedViews */
import { createRoute } from '@hono/zod-openapi';
import { SavedViewList } from '@rollcall/core/schema/saved-view';
import { requireSession } from '../authentication/require-session.ts';
import { tokenProblems, withToken } from '../http/access.ts';
import { jsonAnswer, NoQuery, problemAnswers } from '../http/answers.ts';
import type { Endpoint } from '../http/api.ts';
import { readViews } from './saved-view-rows.ts';

const route = createRoute({
  method: 'get',
  path: '/api/SavedViews',
  operationId: 'listSavedViews',
  tags: ['Saved views'],
  summary: 'List saved views',
  description: 'One’s own views of the list of sessions and those that the organization shares, by name.',
  security: withToken,
  request: { query: NoQuery },
  responses: {
    200: jsonAnswer(SavedViewList, 'All of them'),
    ...problemAnswers('invalid', ...tokenProblems, 'unavailable'),
  },
});

export const listSavedViews: Endpoint = {
  route,
  mount(api, context) {
    api.openapi({ ...route, middleware: requireSession(context) }, async (c) => {
      const { actor } = c.var;
      const savedViews = await context.database.inOrganization(actor.organizationId, (tx) => readViews(tx, actor));
      return c.json({ savedViews }, 200);
    });
  },
};
