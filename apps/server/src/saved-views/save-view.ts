/** POST /api/SavedViews */
import { createRoute } from '@hono/zod-openapi';
import { mayKeepView } from '@rollcall/core/permission';
import { mostSavedViews, SavedViewAnswer, SavedViewRequest } from '@rollcall/core/schema/saved-view';
import { writeAuditEvent } from '../audit/write-audit-event.ts';
import { requireSession } from '../authentication/require-session.ts';
import { tokenProblems, withToken } from '../http/access.ts';
import { jsonAnswer, NoQuery, problemAnswers } from '../http/answers.ts';
import type { Endpoint } from '../http/api.ts';
import { RequestProblem } from '../http/problem.ts';
import { writeView } from './saved-view-rows.ts';

const route = createRoute({
  method: 'post',
  path: '/api/SavedViews',
  operationId: 'saveView',
  tags: ['Saved views'],
  summary: 'Save a view',
  description: [
    'Keeps a search, a status, an order and columns under a name: for oneself, or with `isShared` for everybody in the organization, which needs `users:manage`.',
    `A view of the same name takes the place of the former one. There are at most ${mostSavedViews} of one’s own, and as many that are shared.`,
  ].join('\n\n'),
  security: withToken,
  request: {
    query: NoQuery,
    body: { required: true, content: { 'application/json': { schema: SavedViewRequest } } },
  },
  responses: {
    201: jsonAnswer(SavedViewAnswer, 'The view as it is kept'),
    ...problemAnswers(
      'invalid',
      ...tokenProblems,
      'forbidden',
      'cross-origin',
      'too-many',
      'too-large',
      'unsupported-media-type',
      'unavailable',
    ),
  },
});

export const saveView: Endpoint = {
  route,
  mount(api, context) {
    const { database, clock, newId } = context;
    api.openapi({ ...route, middleware: requireSession(context) }, async (c) => {
      const { actor, client } = c.var;
      const { organizationId } = actor;
      const view = c.req.valid('json');
      if (!mayKeepView(actor, view)) {
        throw new RequestProblem('forbidden', 'Sharing a view needs the permission users:manage.');
      }
      const at = clock();
      const savedView = await database.inOrganization(organizationId, async (tx) => {
        const saved = await writeView(tx, actor, { view, viewId: newId(), at });
        if (!saved) throw new RequestProblem('too-many', `There are ${mostSavedViews} views already.`);
        const { viewId, name, search, isShared } = saved;
        await writeAuditEvent(tx, {
          ...{ organizationId, eventId: newId(), at, actor, client },
          ...{ action: 'view-saved', outcome: 'success', details: { viewId, name, search, isShared } },
        });
        return saved;
      });
      return c.json({ savedView }, 201);
    });
  },
};
