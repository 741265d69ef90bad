/** GET /api/AuditEvents */
import { createRoute } from '@hono/zod-openapi';
import { AuditEventList, AuditEventListQuery } from '@rollcall/core/schema/audit';
import { tokenProblems, withToken } from '../http/access.ts';
import { jsonAnswer, problemAnswers } from '../http/answers.ts';
import type { Endpoint } from '../http/api.ts';

const route = createRoute({
  method: 'get',
  path: '/api/AuditEvents',
  operationId: 'listAuditEvents',
  tags: ['Audit'],
  summary: 'List audit events',
  description: 'What happened and what was refused in the caller’s organization, newest first. Needs `audit:read`.',
  security: withToken,
  request: { query: AuditEventListQuery },
  responses: {
    200: jsonAnswer(AuditEventList, 'One page of events'),
    ...problemAnswers('invalid', ...tokenProblems, 'forbidden', 'unavailable'),
  },
});

export const listAuditEvents: Endpoint = { route, mount() {} };
