/** DELETE /api/UserRequest/{requestId} */
import { createRoute } from '@hono/zod-openapi';
import { RequestId, Termination } from '@rollcall/core/schema/session';
import * as z from 'zod';
import { tokenProblems, withToken } from '../http/access.ts';
import { jsonAnswer, NoQuery, problemAnswers } from '../http/answers.ts';
import type { Endpoint } from '../http/api.ts';

const route = createRoute({
  method: 'delete',
  path: '/api/UserRequest/{requestId}',
  operationId: 'terminateSession',
  tags: ['Sessions'],
  summary: 'Terminate a session',
  description: [
    'Ends an active session, one’s own included; whoever held it has to sign in again. Of several terminations of one session exactly one succeeds.',
    'Without `users:manage` only one’s own sessions can be terminated; about all others the answer is `forbidden`, whether or not they exist. Refused terminations are audited too.',
  ].join('\n\n'),
  security: withToken,
  request: { query: NoQuery, params: z.strictObject({ requestId: RequestId }) },
  responses: {
    200: jsonAnswer(Termination, 'The session as it ended'),
    ...problemAnswers(
      'invalid',
      ...tokenProblems,
      'forbidden',
      'cross-origin',
      'not-found',
      'not-active',
      'too-large',
      'unavailable',
    ),
  },
});

export const terminateSession: Endpoint = { route, mount() {} };
