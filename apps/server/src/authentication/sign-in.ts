/** POST /api/Authentication */
import { createRoute } from '@hono/zod-openapi';
import { SignedIn, SignIn } from '@rollcall/core/schema/authentication';
import { jsonAnswer, NoQuery, problemAnswers } from '../http/answers.ts';
import type { Endpoint } from '../http/api.ts';

const route = createRoute({
  method: 'post',
  path: '/api/Authentication',
  operationId: 'signIn',
  tags: ['Authentication'],
  summary: 'Sign in',
  description: [
    'Begins a session. With `transport: token` (the default) the answer carries the token; with `transport: cookie` it is set as an HttpOnly cookie, which only a request from the console’s own origin may ask for.',
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

export const signIn: Endpoint = { route, mount() {} };
