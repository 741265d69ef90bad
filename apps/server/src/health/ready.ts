/** GET /health/ready */
import { createRoute } from '@hono/zod-openapi';
import { withoutToken } from '../http/access.ts';
import { jsonAnswer, NoQuery, problemAnswers } from '../http/answers.ts';
import type { Endpoint } from '../http/api.ts';
import { Health } from './health.ts';
import { patientPing } from './patient-ping.ts';

const route = createRoute({
  method: 'get',
  path: '/health/ready',
  operationId: 'ready',
  tags: ['Health'],
  summary: 'Can requests be answered',
  description:
    'Asks the database. While this fails, send requests elsewhere; the process recovers when the database does.',
  security: withoutToken,
  request: { query: NoQuery },
  responses: { 200: jsonAnswer(Health, 'They can'), ...problemAnswers('invalid', 'unavailable') },
});

export const ready: Endpoint = {
  route,
  mount(api, { database, databasePatienceMs = 2000 }) {
    const ping = patientPing(database, databasePatienceMs);
    api.openapi(route, async (c) => {
      await ping();
      return c.json({ status: 'ok' }, 200);
    });
  },
};
