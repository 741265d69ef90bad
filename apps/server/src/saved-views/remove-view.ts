/** DELETE /api/SavedView/{viewId} */
import { createRoute } from '@hono/zod-openapi';
import { mayKeepView } from '@rollcall/core/permission';
import { SavedViewAnswer } from '@rollcall/core/schema/saved-view';
import * as z from 'zod';
import { writeAuditEvent } from '../audit/write-audit-event.ts';
import { requireSession } from '../authentication/require-session.ts';
import { tokenProblems, withToken } from '../http/access.ts';
import { jsonAnswer, NoQuery, problemAnswers } from '../http/answers.ts';
import type { Endpoint } from '../http/api.ts';
import { RequestProblem } from '../http/problem.ts';
import { findView, removeView as removeRow } from './saved-view-rows.ts';

const route = createRoute({
  method: 'delete',
  path: '/api/SavedView/{viewId}',
  operationId: 'removeView',
  tags: ['Saved views'],
  summary: 'Remove a saved view',
  description:
    'One’s own, or with `users:manage` one that the organization shares. Views of other people are not found.',
  security: withToken,
  request: { query: NoQuery, params: z.strictObject({ viewId: z.uuid() }) },
  responses: {
    200: jsonAnswer(SavedViewAnswer, 'The view as it was'),
    ...problemAnswers(
      'invalid',
      ...tokenProblems,
      'forbidden',
      'cross-origin',
      'not-found',
      'too-large',
      'unavailable',
    ),
  },
});

export const removeView: Endpoint = {
  route,
  mount(api, context) {
    const { database, clock, newId } = context;
    api.openapi({ ...route, middleware: requireSession(context) }, async (c) => {
      const { actor, client } = c.var;
      const { organizationId } = actor;
      const { viewId } = c.req.valid('param');
      const savedView = await database.inOrganization(organizationId, async (tx) => {
        const view = await findView(tx, actor, viewId);
        if (!view) throw new RequestProblem('not-found', `There is no view ${viewId}.`);
        if (!mayKeepView(actor, view)) {
          throw new RequestProblem('forbidden', 'Removing a shared view needs the permission users:manage.');
        }
        await removeRow(tx, actor, viewId);
        const { name, search, isShared } = view;
        await writeAuditEvent(tx, {
          ...{ organizationId, eventId: newId(), at: clock(), actor, client },
          ...{ action: 'view-removed', outcome: 'success', details: { viewId, name, search, isShared } },
        });
        return view;
      });
      return c.json({ savedView }, 200);
    });
  },
};
