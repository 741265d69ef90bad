/** Tells an application that its session is over: once, however many requests find that out at the same time. */
import { parseToken } from '@rollcall/core/token';
import type { Middleware } from 'openapi-fetch';
import { errorOfProblem, isProblem, type RollcallError } from './rollcall-error.ts';
import type { Problem } from './wire.ts';

const overCodes: readonly string[] = ['session-ended', 'unauthenticated', 'other-network'];

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
      const problem = await whyOver(response);
      if (problem === undefined || told === session) return;
      told = session;
      tell(errorOfProblem(problem, response));
    },
  };
}

/** The problem of an answer that refuses the token of its request. The answer itself stays to be read. */
export async function whyOver(response: Response): Promise<Problem | undefined> {
  if (response.status !== 401) return undefined;
  const body: unknown = await response
    .clone()
    .json()
    .catch(() => undefined);
  const isOver = typeof body === 'object' && body !== null && isProblem(body) && overCodes.includes(body.code);
  return isOver ? body : undefined;
}

function sessionOf(request: Request): string | undefined {
  const [, token = ''] = /^Bearer (.+)$/.exec(request.headers.get('authorization') ?? '') ?? [];
  return parseToken(token)?.requestId;
}
