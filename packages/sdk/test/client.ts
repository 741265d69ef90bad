/** A client whose answers a test makes up, and what it sent. */
import { inspect } from 'node:util';
import { createRollcall, type Fetch, RollcallError, type RollcallOptions } from '../src/index.ts';

export const baseUrl = 'http://rollcall.test';
export const statistics = { totalSessions: 1, activeSessions: 1, uniqueUsers: 1, averageDurationMinutes: 2.5 };
export const problem = {
  type: 'http://rollcall.test/api/docs/problems#not-active',
  title: 'The session is not active',
  status: 409,
  code: 'not-active',
  detail: 'It ended a minute ago.',
  traceId: '019346c4-0000-7000-8000-000000000002',
};

/** A well-formed token: the one with that number of a session. */
export function tokenOf(number: number, session = 1): string {
  const id = `019346c4-1f2b-7000-8000-${String(session).padStart(12, '0')}`;
  return `rct_${id}.${id}.${number}.${'secret-mac'.padEnd(43, 'A')}`;
}

export function clientOf(answer: Fetch, options: Partial<RollcallOptions> = {}) {
  const requests: Request[] = [];
  const rollcall = createRollcall({
    baseUrl,
    ...options,
    async fetch(request) {
      requests.push(request.clone());
      return await answer(request);
    },
  });
  return { rollcall, requests };
}

/** The `Authorization` of each request. */
export function presented(requests: readonly Request[]): (string | null)[] {
  return requests.map(({ headers }) => headers.get('authorization'));
}

export function problemAnswer(body: object = problem, headers: Record<string, string> = {}): Response {
  const status = 'status' in body && typeof body.status === 'number' ? body.status : 500;
  return Response.json(body, { status, headers: { 'content-type': 'application/problem+json', ...headers } });
}

/** The error that a call ends with; throws when it succeeds. */
export async function failureOf(call: Promise<unknown>): Promise<RollcallError> {
  const failure: unknown = await call.then(
    (value) => `it succeeded with ${inspect(value)}`,
    (error: unknown) => error,
  );
  if (failure instanceof RollcallError) return failure;
  throw new Error('expected a RollcallError', { cause: failure });
}
