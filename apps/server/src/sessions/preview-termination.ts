/** GET /api/UserRequestTermination */
import { createRoute } from '@hono/zod-openapi';
import { TerminationPreview, TerminationPreviewQuery } from '@rollcall/core/schema/terminations';
import { requireSession } from '../authentication/require-session.ts';
import { tokenProblems, withToken } from '../http/access.ts';
import { jsonAnswer, problemAnswers } from '../http/answers.ts';
import type { Endpoint } from '../http/api.ts';
import { orTooSlow } from './search-too-slow.ts';
import { countMeant } from './select-to-terminate.ts';

const route = createRoute({
  method: 'get',
  path: '/api/UserRequestTermination',
  operationId: 'previewTermination',
  tags: ['Sessions'],
  summary: 'See how many sessions would be terminated',
  description:
    'How many active sessions a search finds, without one’s own: what `POST` to the same address would end, if it is sent with this mark. Without `users:manage` only one’s own sessions are found. A search that is not wholly understood is refused.',
  security: withToken,
  request: { query: TerminationPreviewQuery },
  responses: {
    200: jsonAnswer(TerminationPreview, 'How many, and as of when'),
    ...problemAnswers('invalid', ...tokenProblems, 'search-too-slow', 'unavailable'),
  },
});

export const previewTermination: Endpoint = {
  route,
  mount(api, context) {
    const { activity, clock } = context;
    api.openapi({ ...route, middleware: requireSession(context) }, async (c) => {
      const { actor } = c.var;
      const { search } = c.req.valid('query');
      const at = clock();
      const counted = activity.readAfter(actor.organizationId, (tx) =>
        countMeant(tx, { actor, now: at, timeouts: actor.timeouts }, { search, at, in: 'query' }),
      );
      const count = await orTooSlow(search, counted);
      return c.json({ mark: { at, count } }, 200);
    });
  },
};
