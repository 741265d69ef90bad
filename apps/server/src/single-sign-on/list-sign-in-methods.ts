/** GET /api/SignInMethods */
import { createRoute } from '@hono/zod-openapi';
import { SignInMethods, SignInMethodsQuery } from '@rollcall/core/schema/single-sign-on';
import { withoutToken } from '../http/access.ts';
import { jsonAnswer, problemAnswers } from '../http/answers.ts';
import type { Endpoint } from '../http/api.ts';
import { namedOrganization } from './begin-sign-on.ts';
import { readProvider } from './provider-rows.ts';

const route = createRoute({
  method: 'get',
  path: '/api/SignInMethods',
  operationId: 'listSignInMethods',
  tags: ['Authentication'],
  summary: 'How one can sign in',
  description:
    'What a sign-in page has to offer. An organization that nobody has is answered as one without single sign-on, and so is none where there are several.',
  security: withoutToken,
  request: { query: SignInMethodsQuery },
  responses: {
    200: jsonAnswer(SignInMethods, 'The ways in'),
    ...problemAnswers('invalid', 'unavailable'),
  },
});

export const listSignInMethods: Endpoint = {
  route,
  mount(api, context) {
    const { database } = context;
    api.openapi(route, async (c) => {
      const organization = await namedOrganization(context, c.req.valid('query').organization);
      const provider =
        organization &&
        (await database.inOrganization(organization.organizationId, (tx) =>
          readProvider(tx, organization.organizationId),
        ));
      return c.json({ methods: ['password' as const, ...(provider?.is_enabled ? ['sso' as const] : [])] }, 200);
    });
  },
};
