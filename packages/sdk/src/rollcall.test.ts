import { inspect } from 'node:util';
import { expect, expectTypeOf, test, vi } from 'vitest';
import {
  createRollcall,
  memoryTokenStore,
  RollcallError,
  type RollcallErrorCode,
  type RollcallOptions,
} from './index.ts';

const baseUrl = 'http://rollcall.test';
const secret = tokenOf(1);
const statistics = { totalSessions: 1, activeSessions: 1, uniqueUsers: 1, averageDurationMinutes: 2.5 };
const problem = {
  type: 'about:blank',
  title: 'The session is not active',
  status: 409,
  code: 'not-active',
  detail: 'It ended a minute ago.',
  traceId: '0193',
};

function tokenOf(number: number): string {
  const id = '019346c4-1f2b-7000-8000-000000000001';
  return `rct_${id}.${id}.${number}.${'secret-mac'.padEnd(43, 'A')}`;
}

type Answer = (request: Request) => Response | Promise<Response>;

function clientOf(answer: Answer, options: Partial<RollcallOptions> = {}) {
  const requests: Request[] = [];
  const rollcall = createRollcall({
    baseUrl,
    ...(options.tokens ? {} : { token: secret }),
    ...options,
    async fetch(request) {
      requests.push(request.clone());
      return await answer(request);
    },
  });
  return { rollcall, requests };
}

function problemAnswer(body: object, headers: Record<string, string> = {}): Response {
  const status = 'status' in body && typeof body.status === 'number' ? body.status : 500;
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/problem+json', ...headers },
  });
}

async function failureOf(call: Promise<unknown>): Promise<RollcallError> {
  const failure = await call.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(failure instanceof RollcallError)) throw new Error(`expected a RollcallError, got ${inspect(failure)}`);
  return failure;
}

test('presents its token, and the headers it was given', async () => {
  const { rollcall, requests } = clientOf(() => Response.json(statistics), { headers: { 'x-own': 'yes' } });
  expect(await rollcall.statistics()).toEqual(statistics);
  expect(requests[0]?.headers.get('authorization')).toBe(`Bearer ${secret}`);
  expect(requests[0]?.headers.get('x-own')).toBe('yes');
});

test('presents none where there is none, as in a page with a cookie', async () => {
  const { rollcall, requests } = clientOf(() => Response.json(statistics), { tokens: memoryTokenStore() });
  await rollcall.statistics();
  expect(requests[0]?.headers.has('authorization')).toBe(false);
});

test('stores a next token before anything else happens with the answer', async () => {
  const tokens = memoryTokenStore(secret);
  const broken = new Response('{', {
    headers: { 'content-type': 'application/json', 'rollcall-next-token': tokenOf(2) },
  });
  const { rollcall, requests } = clientOf(() => broken.clone(), { tokens });
  await failureOf(rollcall.statistics());
  await failureOf(rollcall.statistics());
  expect(requests.map(({ headers }) => headers.get('authorization'))).toEqual([
    `Bearer ${secret}`,
    `Bearer ${tokenOf(2)}`,
  ]);
});

test('keeps the token of its own sign-in, not that of a user whom it signs in', async () => {
  const { rollcall, requests } = clientOf(() => Response.json({ session: {}, token: 'rct_new' }, { status: 201 }));
  const client = { ipAddress: '192.0.2.7', userAgent: 'Phone' };
  await rollcall.signIn({ email: 'ada@example.com', password: 'secret', client });
  await rollcall.signIn({ email: 'ada@example.com', password: 'secret' });
  await rollcall.statistics().catch(() => {});
  expect(requests.map(({ headers }) => headers.get('authorization'))).toEqual([
    `Bearer ${secret}`,
    `Bearer ${secret}`,
    'Bearer rct_new',
  ]);
  expect(await requests[1]?.json()).toEqual({
    method: 'password',
    transport: 'token',
    email: 'ada@example.com',
    password: 'secret',
  });
});

test('forgets the token when it signs out, also when the session had ended already', async () => {
  for (const answer of [
    () => new Response(null, { status: 204 }),
    () => problemAnswer({ ...problem, status: 401, code: 'session-ended' }),
  ]) {
    const tokens = memoryTokenStore(secret);
    await clientOf(answer, { tokens }).rollcall.signOut();
    expect(tokens.read()).toBeUndefined();
  }
});

test('keeps the token when signing out did not succeed', async () => {
  const tokens = memoryTokenStore(secret);
  const { rollcall } = clientOf(() => problemAnswer({ ...problem, status: 503, code: 'unavailable' }), { tokens });
  expect((await failureOf(rollcall.signOut())).code).toBe('unavailable');
  expect(tokens.read()).toBe(secret);
});

test('turns a problem into an error with all that it says', async () => {
  const errors = [{ in: 'query', field: 'page', message: 'too small' }];
  const { rollcall } = clientOf(() =>
    problemAnswer({ ...problem, errors, endReason: 'terminated' }, { 'retry-after': '7' }),
  );
  expect(await failureOf(rollcall.getSession('x'))).toMatchObject({
    ...{ code: 'not-active', status: 409, title: problem.title, detail: problem.detail, traceId: '0193' },
    ...{ errors, endReason: 'terminated', retryAfter: 7 },
  });
});

test('leaves problems to the caller of the typed client', async () => {
  const { rollcall } = clientOf(() => problemAnswer(problem));
  const { data, error, response } = await rollcall.api.GET('/api/UserRequestStatistics');
  expect([data, error?.code, response.status]).toEqual([undefined, 'not-active', 409]);
});

test('tells a network failure, a time-out, an abort and a foreign answer apart', async () => {
  const never: Answer = ({ signal }) =>
    new Promise((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason));
      if (signal.aborted) reject(signal.reason);
    });
  const page = () =>
    new Response('<html>Bad gateway</html>', { status: 502, headers: { 'content-type': 'text/html' } });
  const aborted = AbortSignal.abort();
  const failures = {
    network: failureOf(clientOf(() => Promise.reject(new TypeError('fetch failed'))).rollcall.statistics()),
    timeout: failureOf(clientOf(never, { timeout: 1 }).rollcall.statistics()),
    aborted: failureOf(clientOf(never).rollcall.statistics({ signal: aborted })),
    'not-json': failureOf(clientOf(page).rollcall.statistics()),
  };
  for (const [code, failure] of Object.entries(failures)) expect((await failure).code).toBe(code);
  expect((await failures['not-json']).status).toBe(502);
  expect((await failures.network).cause).toBeInstanceOf(TypeError);
});

test('a connection that breaks within the body is a network failure', async () => {
  const body = new ReadableStream({
    pull(controller) {
      controller.error(new TypeError('terminated'));
    },
  });
  const { rollcall } = clientOf(() => new Response(body, { headers: { 'content-type': 'application/json' } }));
  expect((await failureOf(rollcall.statistics())).code).toBe('network');
});

test('no error tells the token or the password', async () => {
  const password = 'a-very-secret-password';
  for (const answer of [
    () => problemAnswer(problem),
    () => Promise.reject(new TypeError('fetch failed')),
    () => new Response('nope'),
  ]) {
    const { rollcall } = clientOf(answer);
    const failure = await failureOf(rollcall.signIn({ email: 'ada@example.com', password }));
    const told = `${failure.message} ${JSON.stringify(failure)} ${inspect(failure, { depth: 9, showHidden: true })}`;
    expect(told).not.toContain(secret);
    expect(told).not.toContain(password);
  }
});

test('iterates over all pages, each session once though the list shifts, and ends', async () => {
  const ids = Array.from({ length: 5 }, (_, n) => ({ requestId: `s${n}` }));
  const pages = [ids.slice(0, 2), ids.slice(1, 3), ids.slice(3)];
  const answer = vi.fn<Answer>(({ url }) => {
    const page = Number(new URL(url).searchParams.get('page'));
    return Response.json({ sessions: pages[page - 1] ?? [], total: 5, totalIsExact: true, page, pageSize: 2 });
  });
  const { rollcall, requests } = clientOf(answer);
  const seen: string[] = [];
  for await (const { requestId } of rollcall.sessions({ pageSize: 2, search: 'a b' })) seen.push(requestId);
  expect(seen).toEqual(['s0', 's1', 's2', 's3', 's4']);
  expect(requests.map(({ url }) => new URL(url).search)[0]).toBe('?sort=createdAt&pageSize=2&search=a%20b&page=1');
  expect(requests).toHaveLength(3);
});

test('the codes of errors are a closed list', () => {
  expectTypeOf<RollcallError['code']>().toEqualTypeOf<RollcallErrorCode>();
  expectTypeOf<'not-active' | 'timeout'>().toExtend<RollcallErrorCode>();
  expectTypeOf<'no-such-code'>().not.toExtend<RollcallErrorCode>();
  expect(new RollcallError({ code: 'network', title: 'a', detail: 'b' }).message).toBe('a: b');
});
