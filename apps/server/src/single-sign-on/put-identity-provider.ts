/** PUT /api/IdentityProvider */
import { createRoute } from '@hono/zod-openapi';
import { may } from '@rollcall/core/permission';
import { IdentityProviderAnswer, IdentityProviderRequest } from '@rollcall/core/schema/identity-provider';
import { judgeProvider } from '@rollcall/core/single-sign-on';
import type { Insertable } from 'kysely';
import { ClientError } from 'openid-client';
import { writeAuditEvent } from '../audit/write-audit-event.ts';
import { requireSession } from '../authentication/require-session.ts';
import type { Context } from '../context.ts';
import type { IdentityProvidersTable } from '../database/tables.ts';
import { tokenProblems, withToken } from '../http/access.ts';
import { jsonAnswer, NoQuery, problemAnswers } from '../http/answers.ts';
import type { Endpoint } from '../http/api.ts';
import { invalid, type RequestProblem } from '../http/problem.ts';
import { failureOf } from './failures.ts';
import { answerFrom } from './get-identity-provider.ts';
import { isReachable } from './limited-fetch.ts';
import { discover, limitsOf, ProviderMisconfigured } from './provider.ts';
import { type ProviderRow, providerOf, readProvider, secretSealing } from './provider-rows.ts';
import { refusalOf } from './refusals.ts';

const route = createRoute({
  method: 'put',
  path: '/api/IdentityProvider',
  operationId: 'setIdentityProvider',
  tags: ['Organization'],
  summary: 'Choose the organization’s identity provider',
  description: [
    'Any OpenID provider that can be discovered. It is asked at once: where it cannot be reached, or is another one than it says, `issuer` is refused and nothing is changed. Client and secret show to be right when somebody signs in.',
    'Needs `integrations:manage`, and groups that make administrators need an administrator. A provider is trusted with no more than whoever chose it may do (`trustedWith`): users who may do more cannot come in through it.',
  ].join('\n\n'),
  security: withToken,
  request: {
    query: NoQuery,
    body: { required: true, content: { 'application/json': { schema: IdentityProviderRequest } } },
  },
  responses: {
    200: jsonAnswer(IdentityProviderAnswer, 'The provider as it is now'),
    ...problemAnswers(
      'invalid',
      ...tokenProblems,
      'forbidden',
      'cross-origin',
      'too-large',
      'unsupported-media-type',
      'unavailable',
    ),
  },
});

export const putIdentityProvider: Endpoint = {
  route,
  mount(api, context) {
    const { database, clock, newId, publicUrl } = context;
    const sealing = secretSealing(context);
    api.openapi({ ...route, middleware: requireSession(context) }, async (c) => {
      const { actor, client } = c.var;
      const { organizationId } = actor;
      if (!may(actor, 'integrations:manage')) throw refusalOf('forbidden');
      const asked = c.req.valid('json');
      // as the provider writes it, which is what its tokens say
      const provider = { ...asked, issuer: await discoveredIssuer(context, asked) };
      const at = clock();
      const event = { organizationId, eventId: newId(), at, actor, client, action: 'provider-changed' } as const;
      const result = await database.inOrganization(organizationId, async (tx) => {
        const before = await readProvider(tx, organizationId);
        const verdict = judgeProvider(actor, provider, before && providerOf(before));
        if (!verdict.allowed) {
          const details = { issuer: provider.issuer };
          await writeAuditEvent(tx, { ...event, outcome: 'refused', reason: 'forbidden', details });
          return { refused: verdict.reason };
        }
        const row = {
          ...{ issuer: provider.issuer, client_id: provider.clientId, scopes: provider.scopes },
          ...{ email_domains: provider.emailDomains, group_claim: provider.groupClaim },
          ...{ administrator_groups: provider.administratorGroups, trusted_with: [...verdict.trustedWith] },
          ...{ is_enabled: provider.isEnabled, changed_at: at },
          sealed_client_secret: sealedSecret(provider, before, (secret) => sealing.seal(secret, organizationId)),
        } satisfies Omit<Insertable<IdentityProvidersTable>, 'organization_id'>;
        await tx
          .insertInto('identity_providers')
          .values({ organization_id: organizationId, ...row })
          .onConflict((conflict) => conflict.column('organization_id').doUpdateSet(row))
          .execute();
        const { clientSecret, ...shown } = provider;
        const details = { ...shown, trustedWith: verdict.trustedWith, hasNewSecret: clientSecret !== undefined };
        await writeAuditEvent(tx, { ...event, outcome: 'success', details });
        return await answerFrom(tx, organizationId, publicUrl);
      });
      if ('refused' in result) throw refusalOf(result.refused);
      return c.json(result, 200);
    });
  },
};

// It was given to that client of that provider: nobody can have it sent to another.
function sealedSecret(
  { issuer, clientId, clientSecret }: IdentityProviderRequest,
  before: ProviderRow | undefined,
  seal: (secret: string) => Buffer,
): Buffer | null {
  if (clientSecret === null) return null;
  if (clientSecret !== undefined) return seal(clientSecret);
  if (before?.issuer === issuer && before.client_id === clientId) return before.sealed_client_secret;
  const message = 'must be given for a client that is new here; null for a client without one';
  throw invalid([{ in: 'body', field: 'clientSecret', message }]);
}

async function discoveredIssuer(context: Context, asked: IdentityProviderRequest): Promise<string> {
  const limits = limitsOf(context);
  const { issuer, clientId } = asked;
  if (!isReachable(issuer, limits.mayUseLocalHttp)) {
    throw wrongIssuer('must be https; http is for a Rollcall that is itself at http://localhost');
  }
  try {
    return (await discover(limits, { issuer, clientId, clientSecret: undefined })).metadata.issuer;
  } catch (error) {
    throw wrongIssuer(explain(error));
  }
}

function wrongIssuer(message: string): RequestProblem {
  return invalid([{ in: 'body', field: 'issuer', message }]);
}

// In a few words: whoever may configure providers is not to map the network with what is told of each.
function explain(error: unknown): string {
  if (error instanceof ProviderMisconfigured) return `is not what is there: ${error.message}`;
  if (error instanceof ClientError && error.code === 'OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED') {
    return 'is not what is there: it says that it is another one';
  }
  if (failureOf(error).code === 'unavailable') return 'cannot be reached, or answers no discovery document';
  return 'answers a discovery document that is not usable';
}
