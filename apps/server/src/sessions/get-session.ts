/** GET /api/UserRequest/{requestId} */
import { createRoute } from '@hono/zod-openapi';
import { RequestId, SessionAnswer } from '@rollcall/core/schema/session';
import * as z from 'zod';
import { tokenProblems, withToken } from '../http/access.ts';
import { jsonAnswer, NoQuery, problemAnswers } from '../http/answers.ts';
import type { Endpoint } from '../http/api.ts';

const route = createRoute({
  method: 'get',
  path: '/api/UserRequest/{requestId}',
  operationId: 'getSession',
  tags: ['Sessions'],
  summary: 'Get one session',
  description: 'Another organization’s session is not found, and without `users:manage` neither is anybody else’s.',
  security: withToken,
  request: { query: NoQuery, params: z.strictObject({ requestId: RequestId }) },
  responses: {
    200: jsonAnswer(SessionAnswer, 'The session'),
    ...problemAnswers('invalid', ...tokenProblems, 'not-found', 'unavailable'),
  },
});

export const getSession: Endpoint = { route, mount() {} };
