/** Tells an application that its session is over: once, however many requests find that out at the same time. */
import { parseToken } from '@rollcall/core/token';
import type { Middleware } from 'openapi-fetch';
import { errorOfProblem, isProblem, type RollcallError } from './rollcall-error.ts';

const overCodes: readonly string[] = ['session-ended', 'unauthenticated'];

/** Sessions are told apart by the token that was presented; of a cookie nothing is known, so a request that succeeds begins anew. */
export function watchSession(tell: (ended: RollcallError) => void): Middleware {
  const cookie = 'in a cookie';
  let told: string | undefined;

  return {
    async onResponse({ request, response }) {
      const session = sessionOf(request) ?? cookie;
      if (response.status !== 401) {
        if (session === cookie && told === cookie) told = undefined;
        return;
      }
      const body: unknown = await response.clone().json();
      if (typeof body !== 'object' || body === null || !isProblem(body) || !overCodes.includes(body.code)) return;
      if (told === session) return;
      told = session;
      tell(errorOfProblem(body, response));
    },
  };
}

function sessionOf(request: Request): string | undefined {
  const [, token = ''] = /^Bearer (.+)$/.exec(request.headers.get('authorization') ?? '') ?? [];
  return parseToken(token)?.requestId;
}
