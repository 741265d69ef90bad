/** POST /api/Authentication */
import { createRoute } from '@hono/zod-openapi';
import type { Instant } from '@rollcall/core/instant';
import { may } from '@rollcall/core/permission';
import { type KeySignIn, type PasswordSignIn, SignedIn, SignIn } from '@rollcall/core/schema/authentication';
import type { Context as HonoContext } from 'hono';
import { signInWithKey } from '../api-keys/sign-in-with-key.ts';
import type { Context } from '../context.ts';
import { jsonAnswer, NoQuery, problemAnswers } from '../http/answers.ts';
import type { Endpoint, Env } from '../http/api.ts';
import { type Client, canonicalAddress } from '../http/client-address.ts';
import { demandOwnOrigin } from '../http/origin.ts';
import { invalid, RequestProblem } from '../http/problem.ts';
import { setSessionCookie } from '../http/session-cookie.ts';
import { findOnlyOrganization, findOrganization } from '../organizations/read-organization.ts';
import { nameFromUserAgent } from '../sessions/device-of.ts';
import { sessionOf } from '../sessions/session-row.ts';
import { authenticate } from './authenticate.ts';
import type { BegunSession } from './begin-session.ts';
import { bearerToken, carryNextToken } from './require-session.ts';
import { attemptSignIn, type SignInOutcome } from './sign-in-attempt.ts';

const route = createRoute({
  method: 'post',
  path: '/api/Authentication',
  operationId: 'signIn',
  tags: ['Authentication'],
  summary: 'Sign in',
  description: [
    'Begins a session. With `transport: token` (the default) the answer carries the token; with `transport: cookie` it is set as an HttpOnly cookie, which only a request from the console’s own origin may ask for.',
    'With `method: api-key` a program exchanges its key, always for a token in the answer.',
    'An unknown organization or e-mail, a wrong password and a disabled user are answered alike. After too many failures within a minute, for one account from one address or for either of them alone, the right password is refused too.',
    '`client` is for applications that sign their users in from their own server; the caller then needs a token of the same organization with `sessions:verify`.',
  ].join('\n\n'),
  security: [{}, { bearer: [] }],
  request: {
    query: NoQuery,
    body: { required: true, content: { 'application/json': { schema: SignIn } } },
  },
  responses: {
    201: jsonAnswer(SignedIn, 'Signed in'),
    ...problemAnswers(
      'invalid',
      'unauthenticated',
      'session-ended',
      'sign-in-failed',
      'forbidden',
      'cross-origin',
      'too-large',
      'unsupported-media-type',
      'too-many-attempts',
      'unavailable',
    ),
  },
});

export const signIn: Endpoint = {
  route,
  mount(api, context) {
    const { clock, publicUrl } = context;
    api.openapi(route, async (c) => {
      const input = c.req.valid('json');
      if (input.method === 'api-key') return c.json(await withKey(context, input, c.var.client), 201);
      const isCookie = input.transport === 'cookie';
      if (isCookie) demandOwnOrigin(c.req, publicUrl);
      const organizationId = await namedOrganization(context, input);
      const client = await clientOf(c, context, { reported: input.client, organizationId });
      const at = clock();
      const begun = admitted(
        await attemptSignIn(context, {
          organizationId,
          organizationName: input.organization ?? '',
          email: input.email,
          password: input.password,
          sessionName: input.sessionName ?? nameFromUserAgent(client.userAgent),
          clientType: isCookie ? 'console' : 'api',
          client,
          at,
        }),
      );
      const { session, token } = signedIn(context, begun, at);
      if (!isCookie) return c.json({ session, token }, 201);
      setSessionCookie(c, token, { publicUrl, timeouts: begun.timeouts });
      return c.json({ session }, 201);
    });
  },
};

async function withKey(context: Context, { key, sessionName }: KeySignIn, client: Client) {
  const at = context.clock();
  const begun = await signInWithKey(context, { key, sessionName, client, at });
  if (!begun) throw new RequestProblem('sign-in-failed', 'The key is not good.');
  return signedIn(context, begun, at);
}

function signedIn({ tokens }: Context, { organizationId, session, salt, timeouts }: BegunSession, at: Instant) {
  const requestId = session.request_id;
  return {
    session: sessionOf(session, { requestId, now: at, timeouts }),
    token: tokens.make({ organizationId, requestId, number: 1 }, salt),
  };
}

async function namedOrganization({ database }: Context, { organization }: PasswordSignIn): Promise<string | undefined> {
  if (organization !== undefined) return (await findOrganization(database, organization))?.organizationId;
  const only = await findOnlyOrganization(database);
  if (only) return only.organizationId;
  throw invalid([{ in: 'body', field: 'organization', message: 'must be given: there is not exactly one' }]);
}

// What a caller says of somebody else's client decides which address failures are counted for.
async function clientOf(
  c: HonoContext<Env>,
  context: Context,
  { reported, organizationId }: { reported: PasswordSignIn['client']; organizationId: string | undefined },
): Promise<Client> {
  if (!reported) return c.var.client;
  const token = bearerToken(c);
  const caller =
    token === undefined ? undefined : await authenticate(context, { token, carrier: 'header', client: c.var.client });
  if (!caller || caller.organizationId !== organizationId || !may(caller, 'sessions:verify')) {
    throw new RequestProblem('forbidden', 'Reporting a client needs a token of the organization with sessions:verify.');
  }
  carryNextToken(c, caller, context);
  return { ipAddress: canonicalAddress(reported.ipAddress), userAgent: reported.userAgent };
}

function admitted(outcome: SignInOutcome): Extract<SignInOutcome, { kind: 'signed-in' }> {
  if (outcome.kind === 'signed-in') return outcome;
  if (outcome.kind === 'failed')
    throw new RequestProblem('sign-in-failed', 'Organization, e-mail or password is wrong.');
  const seconds = outcome.retryAfterSeconds;
  const headers = { 'Retry-After': String(seconds) };
  throw new RequestProblem('too-many-attempts', `Signing in failed too often; try again in ${seconds} s.`, { headers });
}
