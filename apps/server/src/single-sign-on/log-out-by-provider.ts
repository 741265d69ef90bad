/** POST /api/SingleSignOn/Logout/{organizationId} */
import { createRoute } from '@hono/zod-openapi';
import type { Instant } from '@rollcall/core/instant';
import { OrganizationId } from '@rollcall/core/schema/organization';
import { BackChannelLoggedOut, BackChannelLogout } from '@rollcall/core/schema/single-sign-on';
import type { Transaction } from 'kysely';
import * as z from 'zod';
import { writeAuditEvent } from '../audit/write-audit-event.ts';
import type { Context } from '../context.ts';
import type { Tables } from '../database/tables.ts';
import { withoutToken } from '../http/access.ts';
import { jsonAnswer, NoQuery, problemAnswers } from '../http/answers.ts';
import type { Endpoint } from '../http/api.ts';
import { RequestProblem } from '../http/problem.ts';
import { endSessions } from '../sessions/end-sessions.ts';
import { failureOf } from './failures.ts';
import { claimedIssuer, type LoggedOut, type LogoutToken, verifyLogoutToken } from './logout-token.ts';
import { discover, limitsOf } from './provider.ts';
import { clientOf, type ProviderRow, readProvider, secretSealing } from './provider-rows.ts';
import { spendToken } from './spend-token.ts';

const route = createRoute({
  method: 'post',
  path: '/api/SingleSignOn/Logout/{organizationId}',
  operationId: 'logOutByProvider',
  tags: ['Authentication'],
  summary: 'For identity providers: end sessions that came in through them',
  description:
    'The back-channel logout URI (OpenID Connect Back-Channel Logout 1.0). Ends the sessions of the account that `sub` names, of the provider’s session that `sid` names, or of both where both are given, with the reason `signed-out`: it was done there. A token is good once. It is answered when no node accepts the sessions any more.',
  security: withoutToken,
  request: {
    query: NoQuery,
    params: z.strictObject({ organizationId: OrganizationId }),
    body: { required: true, content: { 'application/x-www-form-urlencoded': { schema: BackChannelLogout } } },
  },
  responses: {
    200: {
      ...jsonAnswer(BackChannelLoggedOut, 'They have ended; none where there were none'),
      headers: { 'Cache-Control': { description: '`no-store`', schema: { type: 'string' } } },
    },
    ...problemAnswers('invalid', 'logout-token-not-valid', 'too-large', 'unsupported-media-type', 'unavailable'),
  },
});

export const logOutByProvider: Endpoint = {
  route,
  mount(api, context) {
    const { announcements, activity, database, clock, newId } = context;
    api.openapi(route, async (c) => {
      const { organizationId } = c.req.valid('param');
      const { logout_token: token } = c.req.valid('form');
      c.header('Cache-Control', 'no-store');
      const provider = await database.inOrganization(organizationId, (tx) => readProvider(tx, organizationId));
      if (provider?.issuer === undefined || provider.issuer !== claimedIssuer(token)) {
        throw notValid('its issuer is not the identity provider of the organization');
      }
      const at = clock();
      const { who, tokenId, expiresAt } = await verify(context, provider, { token, at });
      const { issuer } = provider;
      const { client } = c.var;
      await activity.flush(organizationId);
      const { result } = await announcements.change(organizationId, async (tx, changed) => {
        const isFirst = await spendToken(tx, { organizationId, kind: 'logout', tokenId, expiresAt });
        if (!isFirst) throw notValid('it was sent before');
        const requestIds = await sessionsOf(tx, organizationId, { ...who, issuer });
        const ends = requestIds.map((requestId) => ({ requestId, at, reason: 'signed-out' as const }));
        const ended = await endSessions(tx, { organizationId, ends, newId, by: { client } });
        for (const requestId of ended) changed(requestId);
        const event = { organizationId, eventId: newId(), at, client, action: 'provider-logout' } as const;
        const details = { issuer, ...who, endedSessions: ended.length };
        await writeAuditEvent(tx, { ...event, outcome: 'success', details });
        return ended.length;
      });
      return c.json({ endedSessions: result }, 200);
    });
  },
};

async function verify(
  context: Context,
  provider: ProviderRow,
  { token, at }: { token: string; at: Instant },
): Promise<LogoutToken> {
  try {
    const errand = await discover(limitsOf(context), clientOf(provider, secretSealing(context)));
    return await verifyLogoutToken(errand, { token, clientId: provider.client_id, now: at });
  } catch (error) {
    const { message } = failureOf(error);
    const { organization_id: organizationId } = provider;
    context.log.warn({ organizationId, detail: message }, 'a logout token was refused');
    throw notValid(message);
  }
}

function notValid(detail: string): RequestProblem {
  return new RequestProblem('logout-token-not-valid', detail, { headers: { 'Cache-Control': 'no-store' } });
}

async function sessionsOf(
  tx: Transaction<Tables>,
  organizationId: string,
  { issuer, subject, session }: LoggedOut & { readonly issuer: string },
): Promise<string[]> {
  const open = tx
    .selectFrom('sessions')
    .select('request_id')
    .where('organization_id', '=', organizationId)
    .where('account_issuer', '=', issuer)
    .where('ended_at', 'is', null);
  const ofAccount = subject === undefined ? open : open.where('account_subject', '=', subject);
  const ofSession = session === undefined ? ofAccount : ofAccount.where('provider_session', '=', session);
  return (await ofSession.execute()).map(({ request_id: requestId }) => requestId);
}
