/** GET /api/Organization */
import { createRoute } from '@hono/zod-openapi';
import { OrganizationAnswer } from '@rollcall/core/schema/organization';
import { requireSession } from '../authentication/require-session.ts';
import { tokenProblems, withToken } from '../http/access.ts';
import { jsonAnswer, NoQuery, problemAnswers } from '../http/answers.ts';
import type { Endpoint } from '../http/api.ts';
import { answerFor } from './organization-answer.ts';

const route = createRoute({
  method: 'get',
  path: '/api/Organization',
  operationId: 'getOrganization',
  tags: ['Organization'],
  summary: 'Get one’s organization',
  description: 'The caller’s organization, what it has chosen for itself, and the service’s own.',
  security: withToken,
  request: { query: NoQuery },
  responses: {
    200: jsonAnswer(OrganizationAnswer, 'The organization'),
    ...problemAnswers('invalid', ...tokenProblems, 'unavailable'),
  },
});

export const getOrganization: Endpoint = {
  route,
  mount(api, context) {
    api.openapi({ ...route, middleware: requireSession(context) }, async (c) => {
      const { organizationId } = c.var.actor;
      const answer = await context.database.inOrganization(organizationId, (tx) =>
        answerFor(tx, context, organizationId),
      );
      return c.json(answer, 200);
    });
  },
};
