/** GET /health/live */
import { createRoute } from '@hono/zod-openapi';
import { withoutToken } from '../http/access.ts';
import { jsonAnswer, NoQuery, problemAnswers } from '../http/answers.ts';
import type { Endpoint } from '../http/api.ts';
import { Health } from './health.ts';

const route = createRoute({
  method: 'get',
  path: '/health/live',
  operationId: 'live',
  tags: ['Health'],
  summary: 'Is the process alive',
  description: 'Asks nothing of the database. When this fails, start the process again.',
  security: withoutToken,
  request: { query: NoQuery },
  responses: { 200: jsonAnswer(Health, 'It is'), ...problemAnswers('invalid') },
});

export const live: Endpoint = {
  route,
  mount(api) {
    api.openapi(route, (c) => c.json({ status: 'ok' }, 200));
  },
};
