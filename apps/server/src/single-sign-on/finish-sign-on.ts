/** GET /api/SingleSignOn/Callback */
import { createRoute } from '@hono/zod-openapi';
import { type Instant, toInstant, toMilliseconds } from '@rollcall/core/instant';
import * as z from 'zod';
import { writeAuditEvent } from '../audit/write-audit-event.ts';
import { type BegunSession, beginSession } from '../authentication/begin-session.ts';
import type { Context } from '../context.ts';
import { withoutToken } from '../http/access.ts';
import { problemAnswers, redirectAnswer } from '../http/answers.ts';
import type { Endpoint } from '../http/api.ts';
import type { Client } from '../http/client-address.ts';
import { setSessionCookie } from '../http/session-cookie.ts';
import { nameFromUserAgent } from '../sessions/device-of.ts';
import { admit } from './admit.ts';
import { failureOf, SignOnFailure } from './failures.ts';
import { type PendingSignOn, pendingSignOns } from './pending-sign-on.ts';
import { discover, limitsOf } from './provider.ts';
import { callbackPath, clientOf, type ProviderRow, readProvider, secretSealing } from './provider-rows.ts';
import { signInPage } from './sign-in-page.ts';
import { spendToken } from './spend-token.ts';
import { type SignOn, verifySignOn } from './verify-sign-on.ts';

const route = createRoute({
  method: 'get',
  path: callbackPath,
  operationId: 'finishSignOn',
  tags: ['Authentication'],
  summary: 'Come back from the identity provider',
  description:
    'The redirect URI of single sign-on. Begins a session, sets its cookie and sends the browser where it wanted to go; or to the sign-in page, with an `error` as `GET /api/SingleSignOn` has it. It works once, in the browser in which it was begun.',
  security: withoutToken,
  request: {
    // What a provider adds is its own business (RFC 6749, 4.1.2).
    query: z.looseObject({
      code: z.string().optional(),
      state: z.string().optional(),
      iss: z.string().optional(),
      error: z.string().optional(),
    }),
  },
  responses: {
    303: redirectAnswer('Into the console, or to the sign-in page'),
    ...problemAnswers('invalid', 'unavailable'),
  },
});

interface Return {
  readonly pending: PendingSignOn;
  /** The query that the provider gave to the browser. */
  readonly search: string;
  readonly state: string | undefined;
  readonly client: Client;
  readonly at: Instant;
}

export const finishSignOn: Endpoint = {
  route,
  mount(api, context) {
    const { clock, publicUrl, log, tokens } = context;
    const pendings = pendingSignOns(context);
    api.openapi(route, async (c) => {
      const { traceId, client } = c.var;
      const pending = pendings.take(c);
      if (!pending) {
        log.warn({ traceId, because: 'expired' }, 'somebody came back from a provider who was not sent there');
        return c.redirect(signInPage({ slug: undefined, error: 'expired' }), 303);
      }
      const { organizationId, slug, returnTo } = pending;
      const { search } = new URL(c.req.url);
      try {
        const { state } = c.req.valid('query');
        const back = { pending, search, state, client, at: clock() };
        const { session, salt, timeouts } = await signOn(context, back);
        const token = tokens.make({ organizationId, requestId: session.request_id, number: 1 }, salt);
        setSessionCookie(c, token, { publicUrl, timeouts });
        return c.redirect(returnTo, 303);
      } catch (error) {
        if (!(error instanceof SignOnFailure)) throw error;
        const { code: because } = error;
        log.warn(
          { traceId, organizationId, because, detail: error.message },
          'somebody did not come in through the provider',
        );
        return c.redirect(signInPage({ slug, error: because, returnTo }), 303);
      }
    });
  },
};

/** Throws {@link SignOnFailure}, which it has then recorded. */
async function signOn(context: Context, back: Return): Promise<BegunSession> {
  try {
    const provider = await claimReturn(context, back);
    const arrived = await arrive(context, provider, back);
    return await beginFor(context, back, { provider, arrived });
  } catch (error) {
    if (error instanceof SignOnFailure) await recordRefusal(context, back, error);
    throw error;
  }
}

// Before the provider is asked: of two who come back with the same, one alone gets there.
async function claimReturn({ database }: Context, { pending, state, at }: Return): Promise<ProviderRow> {
  const { organizationId, issuer, clientId, expiresAt } = pending;
  if (state !== pending.state) throw new SignOnFailure('expired', 'it was begun in another browser or tab');
  if (at >= expiresAt) throw new SignOnFailure('expired', 'it took too long');
  const { isFirst, provider } = await database.inOrganization(organizationId, async (tx) => ({
    isFirst: await spendToken(tx, { organizationId, kind: 'sign-on', tokenId: state, expiresAt }),
    provider: await readProvider(tx, organizationId),
  }));
  if (!isFirst) throw new SignOnFailure('expired', 'it was done before');
  if (!provider?.is_enabled) throw new SignOnFailure('not-offered', 'single sign-on was turned off meanwhile');
  if (provider.issuer === issuer && provider.client_id === clientId) return provider;
  throw new SignOnFailure('expired', 'another provider was chosen meanwhile');
}

async function arrive(context: Context, provider: ProviderRow, { pending, search }: Return): Promise<SignOn> {
  // never by `Host`, which whoever asks can choose
  const url = new URL(`${callbackPath}${search}`, context.publicUrl);
  try {
    const errand = await discover(limitsOf(context), clientOf(provider, secretSealing(context)));
    return await verifySignOn(errand, { url, pending, groupClaim: provider.group_claim });
  } catch (error) {
    throw failureOf(error);
  }
}

interface Arrived {
  readonly provider: ProviderRow;
  readonly arrived: SignOn;
}

async function beginFor(context: Context, back: Return, { provider, arrived: signOn }: Arrived): Promise<BegunSession> {
  const { announcements, newId } = context;
  const { client, at } = back;
  const { result } = await announcements.change(provider.organization_id, async (tx, changed) => {
    const admission = await admit(tx, { provider, signOn, client, at, newId, changed });
    if ('refused' in admission) return admission;
    const way = { authMethod: 'sso', clientType: 'console', account: signOn.account } as const;
    const begun = { ...way, user: admission.user, sessionName: nameFromUserAgent(client.userAgent), client, at };
    return await beginSession(tx, context, begun, changed);
  });
  if (!('refused' in result)) return result;
  const { refused, email } = result;
  throw new SignOnFailure(refused, 'the provider’s word is not enough for them', { email });
}

// Anybody can fail, as often as they like: what goes beyond is in the log alone, so that nobody fills the trail with it.
const recordedEachMinute = 20;

async function recordRefusal(context: Context, back: Return, failure: SignOnFailure): Promise<void> {
  const { database, newId } = context;
  const { pending, client, at } = back;
  const { organizationId, issuer } = pending;
  const event = { organizationId, eventId: newId(), at, client, action: 'sign-in', outcome: 'refused' } as const;
  const details = { issuer, because: failure.code, detail: failure.message };
  await database.inOrganization(organizationId, async (tx) => {
    const { recorded } = await tx
      .selectFrom('audit_events')
      .select((eb) => eb.fn.countAll<number>().as('recorded'))
      .where('organization_id', '=', organizationId)
      .where('at', '>', toInstant(toMilliseconds(at) - 60_000))
      .where('ip_address', '=', client.ipAddress)
      .where('outcome', '=', 'refused')
      .executeTakeFirstOrThrow();
    if (recorded >= recordedEachMinute) return;
    await writeAuditEvent(tx, { ...event, reason: 'sign-in-failed', subject: { email: failure.email }, details });
  });
}
