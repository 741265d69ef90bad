/** GET /api/AuditEvents */
import { createRoute } from '@hono/zod-openapi';
import { may } from '@rollcall/core/permission';
import { AuditEventList, AuditEventListQuery } from '@rollcall/core/schema/audit';
import { requireSession } from '../authentication/require-session.ts';
import { tokenProblems, withToken } from '../http/access.ts';
import { jsonAnswer, problemAnswers } from '../http/answers.ts';
import type { Endpoint } from '../http/api.ts';
import { RequestProblem } from '../http/problem.ts';
import { readAuditPage } from './read-audit-page.ts';

const route = createRoute({
  method: 'get',
  path: '/api/AuditEvents',
  operationId: 'listAuditEvents',
  tags: ['Audit'],
  summary: 'List audit events',
  description: [
    'What happened and what was refused in the caller’s organization, newest first. Needs `audit:read`.',
    'An event has to be everything that is asked for. Up to 10,000 events are counted: `totalIsExact` is false where there are more. Far back, `nextCursor` is faster than `page`, and passes over nothing while new events are written.',
  ].join('\n\n'),
  security: withToken,
  request: { query: AuditEventListQuery },
  responses: {
    200: jsonAnswer(AuditEventList, 'One page of events'),
    ...problemAnswers('invalid', ...tokenProblems, 'forbidden', 'unavailable'),
  },
});

export const listAuditEvents: Endpoint = {
  route,
  mount(api, context) {
    api.openapi({ ...route, middleware: requireSession(context) }, async (c) => {
      const { actor } = c.var;
      if (!may(actor, 'audit:read')) {
        throw new RequestProblem('forbidden', 'Reading the audit trail needs the permission audit:read.');
      }
      const query = c.req.valid('query');
      const { page, pageSize } = query;
      const found = await context.database.inOrganization(actor.organizationId, (tx) =>
        readAuditPage(tx, actor.organizationId, query),
      );
      return c.json({ ...found, page, pageSize }, 200);
    });
  },
};
