/** GET /api/UserRequests */
import { createRoute } from '@hono/zod-openapi';
import { SessionList, SessionListQuery } from '@rollcall/core/schema/session-list';
import { tokenProblems, withToken } from '../http/access.ts';
import { jsonAnswer, problemAnswers } from '../http/answers.ts';
import type { Endpoint } from '../http/api.ts';

const route = createRoute({
  method: 'get',
  path: '/api/UserRequests',
  operationId: 'listSessions',
  tags: ['Sessions'],
  summary: 'List sessions',
  description: [
    'The sessions of the caller’s organization, one page at a time; without `users:manage` the caller’s own.',
    'Every term of `search` must occur in the e-mail, the IP address or the session name, ignoring case. Ties are broken by `requestId`, so pages never overlap. A page past the end is empty, with the true `total`.',
  ].join('\n\n'),
  security: withToken,
  request: { query: SessionListQuery },
  responses: {
    200: jsonAnswer(SessionList, 'One page of the sessions that match'),
    ...problemAnswers('invalid', ...tokenProblems, 'unavailable'),
  },
});

export const listSessions: Endpoint = { route, mount() {} };
