/** GET /api/IdentityProvider */
import { createRoute } from '@hono/zod-openapi';
import { may } from '@rollcall/core/permission';
import { IdentityProviderAnswer } from '@rollcall/core/schema/identity-provider';
import type { Transaction } from 'kysely';
import { requireSession } from '../authentication/require-session.ts';
import type { Tables } from '../database/tables.ts';
import { tokenProblems, withToken } from '../http/access.ts';
import { jsonAnswer, NoQuery, problemAnswers } from '../http/answers.ts';
import type { Endpoint } from '../http/api.ts';
import { readOrganization } from '../organizations/read-organization.ts';
import { addressesOf, providerOf, readProvider } from './provider-rows.ts';
import { refusalOf } from './refusals.ts';

const route = createRoute({
  method: 'get',
  path: '/api/IdentityProvider',
  operationId: 'getIdentityProvider',
  tags: ['Organization'],
  summary: 'Get the organization’s identity provider',
  description:
    'How people come in by single sign-on, without the secret, and the addresses that the provider has to be told. Needs `integrations:manage`.',
  security: withToken,
  request: { query: NoQuery },
  responses: {
    200: jsonAnswer(IdentityProviderAnswer, 'The provider, where there is one'),
    ...problemAnswers('invalid', ...tokenProblems, 'forbidden', 'unavailable'),
  },
});

export const getIdentityProvider: Endpoint = {
  route,
  mount(api, context) {
    const { database, publicUrl } = context;
    api.openapi({ ...route, middleware: requireSession(context) }, async (c) => {
      const { actor } = c.var;
      if (!may(actor, 'integrations:manage')) throw refusalOf('forbidden');
      const { organizationId } = actor;
      return c.json(
        await database.inOrganization(organizationId, (tx) => answerFrom(tx, organizationId, publicUrl)),
        200,
      );
    });
  },
};

export async function answerFrom(
  tx: Transaction<Tables>,
  organizationId: string,
  publicUrl: URL,
): Promise<IdentityProviderAnswer> {
  const row = await readProvider(tx, organizationId);
  const addresses = addressesOf(await readOrganization(tx, organizationId), publicUrl);
  return { ...(row && { identityProvider: providerOf(row) }), addresses };
}
