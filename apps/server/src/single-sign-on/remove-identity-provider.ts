/** DELETE /api/IdentityProvider */
import { createRoute } from '@hono/zod-openapi';
import { may } from '@rollcall/core/permission';
import { IdentityProviderAnswer } from '@rollcall/core/schema/identity-provider';
import { writeAuditEvent } from '../audit/write-audit-event.ts';
import { requireSession } from '../authentication/require-session.ts';
import { tokenProblems, withToken } from '../http/access.ts';
import { jsonAnswer, NoQuery, problemAnswers } from '../http/answers.ts';
import type { Endpoint } from '../http/api.ts';
import { RequestProblem } from '../http/problem.ts';
import { answerFrom } from './get-identity-provider.ts';
import { refusalOf } from './refusals.ts';

const route = createRoute({
  method: 'delete',
  path: '/api/IdentityProvider',
  operationId: 'removeIdentityProvider',
  tags: ['Organization'],
  summary: 'Remove the organization’s identity provider',
  description:
    'Nobody comes in through it any more; who is in stays. Which accounts there belong to which users is remembered, for a provider with the same `issuer`. Needs `integrations:manage`.',
  security: withToken,
  request: { query: NoQuery },
  responses: {
    200: jsonAnswer(IdentityProviderAnswer, 'The provider as it was'),
    ...problemAnswers(
      'invalid',
      ...tokenProblems,
      'forbidden',
      'cross-origin',
      'not-found',
      'too-large',
      'unavailable',
    ),
  },
});

export const removeIdentityProvider: Endpoint = {
  route,
  mount(api, context) {
    const { database, clock, newId, publicUrl } = context;
    api.openapi({ ...route, middleware: requireSession(context) }, async (c) => {
      const { actor, client } = c.var;
      const { organizationId } = actor;
      if (!may(actor, 'integrations:manage')) throw refusalOf('forbidden');
      const answer = await database.inOrganization(organizationId, async (tx) => {
        const before = await answerFrom(tx, organizationId, publicUrl);
        const removed = await tx
          .deleteFrom('identity_providers')
          .where('organization_id', '=', organizationId)
          .returning('issuer')
          .executeTakeFirst();
        if (!removed) throw new RequestProblem('not-found', 'The organization has no identity provider.');
        const event = { organizationId, eventId: newId(), at: clock(), actor, client, details: removed };
        await writeAuditEvent(tx, { ...event, action: 'provider-removed', outcome: 'success' });
        return before;
      });
      return c.json(answer, 200);
    });
  },
};
