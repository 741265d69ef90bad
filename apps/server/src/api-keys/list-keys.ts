/** GET /api/ApiKeys */
import { createRoute } from '@hono/zod-openapi';
import { may } from '@rollcall/core/permission';
import { ApiKeyList } from '@rollcall/core/schema/api-key';
import { requireSession } from '../authentication/require-session.ts';
import { tokenProblems, withToken } from '../http/access.ts';
import { jsonAnswer, NoQuery, problemAnswers } from '../http/answers.ts';
import type { Endpoint } from '../http/api.ts';
import { apiKeyOf, keysWithUsers } from './key-rows.ts';

const mostListed = 1000;

const route = createRoute({
  method: 'get',
  path: '/api/ApiKeys',
  operationId: 'listApiKeys',
  tags: ['API keys'],
  summary: 'List API keys',
  description:
    'One’s own, and with `integrations:manage` those of everybody in the organization; the newest first, a thousand at most, also those that are good no longer. The secrets are nowhere.',
  security: withToken,
  request: { query: NoQuery },
  responses: {
    200: jsonAnswer(ApiKeyList, 'The newest of them'),
    ...problemAnswers('invalid', ...tokenProblems, 'unavailable'),
  },
});

export const listKeys: Endpoint = {
  route,
  mount(api, context) {
    api.openapi({ ...route, middleware: requireSession(context) }, async (c) => {
      const { actor } = c.var;
      const { organizationId, userId } = actor;
      const rows = await context.database.inOrganization(organizationId, (tx) => {
        const keys = keysWithUsers(tx, organizationId)
          .orderBy('created_at', 'desc')
          .orderBy('key_id', 'desc')
          .limit(mostListed);
        return (may(actor, 'integrations:manage') ? keys : keys.where('api_keys.user_id', '=', userId)).execute();
      });
      return c.json({ apiKeys: rows.map(apiKeyOf) }, 200);
    });
  },
};
