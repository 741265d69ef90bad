/** GET /api/SingleSignOn */
import { createRoute } from '@hono/zod-openapi';
import { toInstant, toMilliseconds } from '@rollcall/core/instant';
import { localPath } from '@rollcall/core/local-path';
import type { Organization } from '@rollcall/core/schema/organization';
import { SignOnError, SignOnQuery } from '@rollcall/core/schema/single-sign-on';
import * as client from 'openid-client';
import type { Context } from '../context.ts';
import { withoutToken } from '../http/access.ts';
import { problemAnswers, redirectAnswer } from '../http/answers.ts';
import type { Endpoint } from '../http/api.ts';
import { invalid } from '../http/problem.ts';
import { findOnlyOrganization, findOrganization } from '../organizations/read-organization.ts';
import { failureOf } from './failures.ts';
import { pendingSeconds, pendingSignOns } from './pending-sign-on.ts';
import { discover, limitsOf } from './provider.ts';
import { addressesOf, clientOf, readProvider, secretSealing } from './provider-rows.ts';
import { signInPage } from './sign-in-page.ts';

const route = createRoute({
  method: 'get',
  path: '/api/SingleSignOn',
  operationId: 'beginSignOn',
  tags: ['Authentication'],
  summary: 'Sign in through the organization’s identity provider',
  description: [
    'For browsers, not for scripts: a link leads here. It sends the browser to the provider (authorization code with PKCE, state and nonce), which sends it back to `/api/SingleSignOn/Callback` within ten minutes.',
    `Where that cannot be, the browser is sent to the sign-in page, with an \`error\`. ${SignOnError.description}.`,
    'An organization that nobody has is answered as one without single sign-on.',
  ].join('\n\n'),
  security: withoutToken,
  request: { query: SignOnQuery },
  responses: {
    303: redirectAnswer('To the provider, or to the sign-in page'),
    ...problemAnswers('invalid', 'unavailable'),
  },
});

// Some providers tell it only where they are asked (OpenID Connect Core, 5.5).
const howStrongly = JSON.stringify({ id_token: { acr: null, amr: null, auth_time: null } });

export const beginSignOn: Endpoint = {
  route,
  mount(api, context) {
    const { database, clock, publicUrl, log } = context;
    const pending = pendingSignOns(context);
    const sealing = secretSealing(context);
    api.openapi(route, async (c) => {
      const { organization: slug, returnTo: asked } = c.req.valid('query');
      const returnTo = localPath(asked);
      if (returnTo === undefined)
        throw invalid([{ in: 'query', field: 'returnTo', message: 'must be a path of this site' }]);
      const organization = await namedOrganization(context, slug);
      const provider =
        organization &&
        (await database.inOrganization(organization.organizationId, (tx) =>
          readProvider(tx, organization.organizationId),
        ));
      if (!organization || !provider?.is_enabled) {
        return c.redirect(signInPage({ slug: slug ?? organization?.slug, error: 'not-offered', returnTo }), 303);
      }
      try {
        const { configuration, metadata } = await discover(limitsOf(context), clientOf(provider, sealing));
        const [state, nonce, codeVerifier] = [
          client.randomState(),
          client.randomNonce(),
          client.randomPKCECodeVerifier(),
        ];
        const url = client.buildAuthorizationUrl(configuration, {
          redirect_uri: addressesOf(organization, publicUrl).callbackUrl,
          scope: provider.scopes.join(' '),
          state,
          nonce,
          code_challenge: await client.calculatePKCECodeChallenge(codeVerifier),
          code_challenge_method: 'S256',
          ...(metadata.claims_parameter_supported && { claims: howStrongly }),
        });
        const expiresAt = toInstant(toMilliseconds(clock()) + pendingSeconds * 1000);
        const { organization_id: organizationId, issuer, client_id: clientId } = provider;
        const secrets = { state, nonce, codeVerifier };
        pending.remember(c, {
          organizationId,
          slug: organization.slug,
          issuer,
          clientId,
          ...secrets,
          returnTo,
          expiresAt,
        });
        return c.redirect(url.href, 303);
      } catch (error) {
        const failure = failureOf(error);
        const { traceId } = c.var;
        const { organizationId } = organization;
        log.warn(
          { traceId, organizationId, because: failure.code, detail: failure.message },
          'nobody can be sent to the provider',
        );
        return c.redirect(signInPage({ slug: organization.slug, error: failure.code, returnTo }), 303);
      }
    });
  },
};

/** The one that is named, or the only one. */
export async function namedOrganization(
  { database }: Pick<Context, 'database'>,
  slug: string | undefined,
): Promise<Organization | undefined> {
  return slug === undefined ? await findOnlyOrganization(database) : await findOrganization(database, slug);
}
