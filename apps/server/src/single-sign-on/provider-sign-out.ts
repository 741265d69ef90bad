/** GET /api/SingleSignOn/SignOut */
import { createRoute } from '@hono/zod-openapi';
import { ProviderSignOut } from '@rollcall/core/schema/single-sign-on';
import { buildEndSessionUrl } from 'openid-client';
import type { Actor } from '../authentication/actor.ts';
import { requireSession } from '../authentication/require-session.ts';
import type { Context } from '../context.ts';
import { tokenProblems, withToken } from '../http/access.ts';
import { jsonAnswer, NoQuery, problemAnswers } from '../http/answers.ts';
import type { Endpoint } from '../http/api.ts';
import { failureOf } from './failures.ts';
import { discover, limitsOf } from './provider.ts';
import { addressesOf, clientOf, type ProviderRow, readProvider, secretSealing } from './provider-rows.ts';

const route = createRoute({
  method: 'get',
  path: '/api/SingleSignOn/SignOut',
  operationId: 'providerSignOut',
  tags: ['Authentication'],
  summary: 'Where one signs out at the identity provider, too',
  description: [
    'For a session that came in through the provider, the address there that ends its session (OpenID Connect RP-Initiated Logout 1.0) and sends the browser back to the sign-in page. Ask before signing out here, and send the browser there afterwards.',
    'Nothing where the session came in another way, or where the provider has no such address or cannot be reached: signing out here never depends on it.',
  ].join('\n\n'),
  security: withToken,
  request: { query: NoQuery },
  responses: {
    200: jsonAnswer(ProviderSignOut, 'The address, where there is one'),
    ...problemAnswers('invalid', ...tokenProblems, 'unavailable'),
  },
});

export const providerSignOut: Endpoint = {
  route,
  mount(api, context) {
    api.openapi({ ...route, middleware: requireSession(context) }, async (c) => {
      const { actor, traceId } = c.var;
      const { organizationId } = actor;
      if (actor.session.auth_method !== 'sso') return c.json({}, 200);
      const provider = await providerBehind(context, actor);
      if (!provider) return c.json({}, 200);
      try {
        const url = await signOutAddress(context, actor, provider);
        return c.json({ ...(url !== undefined && { url }) }, 200);
      } catch (error) {
        const failure = failureOf(error);
        context.log.warn(
          { traceId, organizationId, because: failure.code, detail: failure.message },
          'nobody can sign out there',
        );
        return c.json({}, 200);
      }
    });
  },
};

// The one with which the session was begun, not one that was chosen since.
async function providerBehind({ database }: Context, { organizationId, requestId }: Actor) {
  return await database.inOrganization(organizationId, async (tx) => {
    const provider = await readProvider(tx, organizationId);
    const begun = await tx
      .selectFrom('sessions')
      .select('account_issuer')
      .where('organization_id', '=', organizationId)
      .where('request_id', '=', requestId)
      .executeTakeFirst();
    return provider?.issuer === begun?.account_issuer ? provider : undefined;
  });
}

async function signOutAddress(
  context: Context,
  { organizationId, email, session }: Actor,
  provider: ProviderRow,
): Promise<string | undefined> {
  const { configuration, metadata } = await discover(limitsOf(context), clientOf(provider, secretSealing(context)));
  if (metadata.end_session_endpoint === undefined) return undefined;
  const { signedOutUrl } = addressesOf({ organizationId, slug: session.organization_slug }, context.publicUrl);
  const hints = { post_logout_redirect_uri: signedOutUrl, logout_hint: email };
  return buildEndSessionUrl(configuration, hints).href;
}
