import { inspect } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, test, vi } from 'vitest';
import { baseUrl, clientOf, failureOf, problem, problemAnswer, statistics, tokenOf } from '../test/client.ts';
import { createRollcall, type Fetch, RollcallError } from './index.ts';

/** Answers never, and does not listen when it is told to stop. */
const deaf: Fetch = () => new Promise(() => undefined);
/** Answers at once, with a body that never ends. */
const dripping: Fetch = () => new Response(new ReadableStream({ pull: () => new Promise(() => undefined) }));
const unreachable: Fetch = () => Promise.reject(new TypeError('fetch failed'));
const proxyPage: Fetch = () =>
  new Response('<h1>Bad gateway</h1>', { status: 502, headers: { 'content-type': 'text/html', 'retry-after': '30' } });

describe('network', () => {
  test('the service cannot be reached', async () => {
    const failure = await failureOf(clientOf(unreachable).rollcall.listSessions({ search: 'ada' }));
    expect(failure).toMatchObject({ code: 'network', status: undefined, traceId: undefined });
    expect(failure.detail).toBe(`GET ${baseUrl}/api/UserRequests got no whole answer.`);
    expect(failure.cause).toEqual(new TypeError('fetch failed'));
  });

  test('the connection breaks within the body', async () => {
    const broken = () =>
      new Response(
        new ReadableStream({
          pull(controller) {
            controller.error(new TypeError('terminated'));
          },
        }),
      );
    const failure = await failureOf(clientOf(broken).rollcall.statistics());
    expect(failure).toMatchObject({ code: 'network', cause: new TypeError('terminated') });
  });
});

describe('timeout', () => {
  test.each([
    ['no answer', deaf],
    ['no end of the answer', dripping],
  ])('%s within the time', async (_, answer) => {
    const failure = await failureOf(clientOf(answer, { timeout: 1 }).rollcall.statistics());
    expect(failure).toMatchObject({ code: 'timeout', status: undefined });
    expect(failure.cause).toMatchObject({ name: 'TimeoutError' });
  });

  test('is told to whoever fetches', async () => {
    const { promise: told, resolve } = Promise.withResolvers<unknown>();
    const listening: Fetch = ({ signal }) => {
      signal.addEventListener('abort', () => resolve(signal.reason));
      return deaf(new Request(baseUrl));
    };
    await failureOf(clientOf(listening, { timeout: 1 }).rollcall.statistics());
    expect(await told).toMatchObject({ name: 'TimeoutError' });
  });

  test('leaves no timer behind, and infinite is no timer', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    await clientOf(() => Response.json(statistics)).rollcall.statistics();
    expect(vi.getTimerCount()).toBe(0);
    const giveUp = new AbortController();
    const { promise: reached, resolve } = Promise.withResolvers<void>();
    const answer: Fetch = (request) => {
      resolve();
      return deaf(request);
    };
    const waiting = clientOf(answer, { timeout: Infinity }).rollcall.statistics({ signal: giveUp.signal });
    await reached;
    expect(vi.getTimerCount()).toBe(0);
    giveUp.abort();
    await failureOf(waiting);
    vi.useRealTimers();
  });

  test('comes although nothing but the clock remembers the request', async () => {
    setFlagsFromString('--expose-gc');
    const collectGarbage: () => void = runInNewContext('gc');
    const collecting = setInterval(collectGarbage, 1);
    const failure = await failureOf(createRollcall({ baseUrl, timeout: 50, fetch: deaf }).statistics());
    clearInterval(collecting);
    expect(failure.code).toBe('timeout');
  });

  test('the caller’s own time-out is one too', async () => {
    const signal = AbortSignal.timeout(1);
    const failure = await failureOf(clientOf(deaf, { timeout: Infinity }).rollcall.statistics({ signal }));
    expect(failure.code).toBe('timeout');
  });

  test.each([0, 0.5, -1, Number.NaN, 2 ** 31])('%d ms is none', (timeout) => {
    expect(() => createRollcall({ baseUrl, timeout })).toThrow(RangeError);
  });

  test.each([1, 2 ** 31 - 1, Infinity])('%d ms is one', (timeout) => {
    expect(() => createRollcall({ baseUrl, timeout })).not.toThrow();
  });
});

describe('aborted', () => {
  test('before it was sent', async () => {
    const { rollcall, requests } = clientOf(deaf);
    expect((await failureOf(rollcall.statistics({ signal: AbortSignal.abort() }))).code).toBe('aborted');
    expect(requests).toEqual([]);
  });

  test.each([
    ['while it waits for an answer', deaf],
    ['while it reads the answer', dripping],
  ])('%s, for the caller’s reason', async (_, answer) => {
    const giveUp = new AbortController();
    const called = failureOf(clientOf(answer).rollcall.statistics({ signal: giveUp.signal }));
    giveUp.abort('the page was left');
    expect(await called).toMatchObject({ code: 'aborted', cause: 'the page was left' });
  });

  test('by whoever gave the fetch', async () => {
    const left = () => Promise.reject(new DOMException('navigated away', 'AbortError'));
    expect((await failureOf(clientOf(left).rollcall.statistics())).code).toBe('aborted');
  });
});

describe('not-json', () => {
  test('a proxy’s page, with its status and how long it asks to wait', async () => {
    const failure = await failureOf(clientOf(proxyPage).rollcall.statistics());
    expect(failure).toMatchObject({ code: 'not-json', status: 502, retryAfter: 30, cause: undefined });
    expect(failure.detail).toContain('502 and text/html');
  });

  test.each([
    ['a page in place of data', 200, '<html></html>'],
    ['nothing in place of data', 200, ''],
    ['half an answer', 200, '{"totalSessions":'],
    ['JSON that no endpoint answers', 200, '"ok"'],
    ['nothing in place of a problem', 404, ''],
    ['JSON that is no problem', 503, '{"message":"no healthy upstream"}'],
    ['JSON with a code of somebody else’s', 503, '{"code":"ECONNREFUSED"}'],
  ])('%s', async (_, status, body) => {
    const { rollcall } = clientOf(() => new Response(body, { status }));
    expect(await failureOf(rollcall.statistics())).toMatchObject({ code: 'not-json', status });
    expect(await failureOf(rollcall.api.GET('/api/UserRequestStatistics'))).toMatchObject({ code: 'not-json', status });
  });

  test('a request that the service traced can be found there', async () => {
    const traced = () => new Response('{', { headers: { 'rollcall-trace-id': problem.traceId } });
    expect((await failureOf(clientOf(traced).rollcall.statistics())).traceId).toBe(problem.traceId);
  });
});

describe('the client for every endpoint', () => {
  test('answers data and problems', async () => {
    const answers = [Response.json(statistics), problemAnswer()];
    const { rollcall } = clientOf(() => answers.shift() ?? Response.error());
    const first = await rollcall.api.GET('/api/UserRequestStatistics');
    expect([first.data, first.error, first.response.status]).toEqual([statistics, undefined, 200]);
    const second = await rollcall.api.GET('/api/UserRequestStatistics');
    expect([second.data, second.error, second.response.status]).toEqual([undefined, problem, 409]);
  });

  test('throws when there was no answer', async () => {
    expect((await failureOf(clientOf(unreachable).rollcall.api.GET('/health/live'))).code).toBe('network');
  });

  test('leaves a body to whoever asked for text or for a stream', async () => {
    const { rollcall } = clientOf(() => new Response('<!doctype html>'));
    expect((await rollcall.api.GET('/api/docs', { parseAs: 'text' })).data).toBe('<!doctype html>');
    const stream = await rollcall.api.GET('/api/docs', { parseAs: 'stream' });
    expect(await new Response(stream.data).text()).toBe('<!doctype html>');
  });
});

test.each<[string, Fetch]>([
  ['a problem', () => problemAnswer()],
  ['an unreachable service', unreachable],
  ['a proxy’s page', proxyPage],
  ['half an answer that begins with a token', () => new Response(`{"token":"${tokenOf(2)}"`)],
  ['a token that stands where JSON should', () => new Response(tokenOf(2))],
])('%s tells neither token nor password', async (_, answer) => {
  const password = 'secret-password';
  const { rollcall } = clientOf(answer, { token: tokenOf(1) });
  const failure = await failureOf(rollcall.signIn({ email: 'ada@example.com', password }));
  expect(failure).toBeInstanceOf(RollcallError);
  const told = [failure.stack, JSON.stringify(failure), inspect(failure, { depth: 9, showHidden: true })].join();
  expect(told).not.toMatch(/secret|rct_/);
  expect(inspect(rollcall, { depth: 9, showHidden: true })).not.toMatch(/secret|rct_/);
});
