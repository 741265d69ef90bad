/** Addresses that exist, asked with a method that they do not take. */
import type { Context as HonoContext } from 'hono';
import { TrieRouter } from 'hono/router/trie-router';
import type { Context } from '../context.ts';
import type { Api, Env } from './api.ts';
import { problemResponse, RequestProblem } from './problem.ts';

/** For requests that no route answers: OPTIONS is told the methods, others get 405 with them, or 404 where there is nothing at all. */
export function answerUnrouted(api: Api, { publicUrl }: Pick<Context, 'publicUrl'>) {
  const router = new TrieRouter<string>();
  for (const { method, path } of api.routes) {
    if (method !== 'ALL') router.add('ANY', path, method);
  }

  return function notFound(c: HonoContext<Env>): Response {
    const allow = allowed(router.match('ANY', c.req.path)[0].map(([method]) => method));
    if (allow !== '' && c.req.method === 'OPTIONS')
      return new Response(null, { status: 204, headers: { Allow: allow } });
    const problem = allow === '' ? nothingThere(c) : methodNotAllowed(c, allow);
    return problemResponse(problem, { traceId: c.var.traceId, publicUrl });
  };
}

function allowed(methods: readonly string[]): string {
  if (methods.length === 0) return '';
  return [...new Set([...methods, ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS'])].join(', ');
}

function nothingThere(c: HonoContext): RequestProblem {
  return new RequestProblem('not-found', `There is nothing at ${c.req.path}.`);
}

function methodNotAllowed(c: HonoContext, allow: string): RequestProblem {
  return new RequestProblem('method-not-allowed', `${c.req.path} takes ${allow}.`, { headers: { Allow: allow } });
}
