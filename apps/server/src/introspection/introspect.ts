/** POST /api/Introspection */
import { createRoute } from '@hono/zod-openapi';
import { Introspection, IntrospectionRequest } from '@rollcall/core/schema/introspection';
import { requireSession } from '../authentication/require-session.ts';
import { tokenProblems, withToken } from '../http/access.ts';
import { jsonAnswer, NoQuery, problemAnswers } from '../http/answers.ts';
import type { Endpoint } from '../http/api.ts';
import { demandVerifier } from './demand-verifier.ts';
import { judgeForOther } from './judge-for-other.ts';

const route = createRoute({
  method: 'post',
  path: '/api/Introspection',
  operationId: 'introspect',
  tags: ['Introspection'],
  summary: 'Whose token is this',
  description: [
    'For an application that was shown a token: whose it is and what they may do, or why it is not good. Needs `sessions:verify`. A token of another organization is as unknown as one that was made up. `client` is who presented it; left out, the session’s newest address and user agent stay as they are.',
    'The token is judged as if it had come with a request of its own: it counts as activity, is confirmed, and ends its session where it betrays a theft. `nextToken` is for whoever presented the token, in `Rollcall-Next-Token` of the application’s own answer; the header of this answer is the caller’s own next token.',
  ].join('\n\n'),
  security: withToken,
  request: {
    query: NoQuery,
    body: { required: true, content: { 'application/json': { schema: IntrospectionRequest } } },
  },
  responses: {
    200: jsonAnswer(Introspection, 'The token is good, or it is not: see `active`'),
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

export const introspect: Endpoint = {
  route,
  mount(api, context) {
    api.openapi({ ...route, middleware: requireSession(context) }, async (c) => {
      const { actor } = c.var;
      demandVerifier(actor);
      return c.json(await judgeForOther(context, actor, c.req.valid('json')), 200);
    });
  },
};
