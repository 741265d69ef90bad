/** POST /api/Activity */
import { createRoute } from '@hono/zod-openapi';
import { ActivityReceipt, ActivityReport } from '@rollcall/core/schema/introspection';
import { requireSession } from '../authentication/require-session.ts';
import { tokenProblems, withToken } from '../http/access.ts';
import { jsonAnswer, NoQuery, problemAnswers } from '../http/answers.ts';
import type { Endpoint } from '../http/api.ts';
import { countActivities } from './count-activities.ts';
import { demandVerifier } from './demand-verifier.ts';

const route = createRoute({
  method: 'post',
  path: '/api/Activity',
  operationId: 'reportActivity',
  tags: ['Introspection'],
  summary: 'Report what sessions did',
  description:
    'For an application that remembers for a while that a token is good: what its sessions did meanwhile, of each the newest. Where `client` is left out, address and user agent stay as they are. Activity only moves forward, never into the future, and does not bring back a session that has run out. Needs `sessions:verify`.',
  security: withToken,
  request: {
    query: NoQuery,
    body: { required: true, content: { 'application/json': { schema: ActivityReport } } },
  },
  responses: {
    200: jsonAnswer(ActivityReceipt, 'What is active was counted'),
    ...problemAnswers(
      'invalid',
      ...tokenProblems,
      'forbidden',
      'cross-origin',
      'too-large',
      'unsupported-media-type',
      'unavailable',
    ),
  },
});

export const reportActivity: Endpoint = {
  route,
  mount(api, context) {
    api.openapi({ ...route, middleware: requireSession(context) }, async (c) => {
      const { actor } = c.var;
      demandVerifier(actor);
      const { activities } = c.req.valid('json');
      return c.json({ notActive: await countActivities(context, actor, activities) }, 200);
    });
  },
};
