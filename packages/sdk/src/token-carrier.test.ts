import { setImmediate } from 'node:timers/promises';
import { describe, expect, test, vi } from 'vitest';
import {
  baseUrl,
  clientOf,
  failureOf,
  presented,
  problem,
  problemAnswer,
  statistics,
  tokenOf,
} from '../test/client.ts';
import { createRollcall, type Fetch, memoryTokenStore, type TokenStore } from './index.ts';

const credentials = { email: 'ada@example.com', password: 'a password' };

function withNext(next: string, body: object = statistics): Response {
  return Response.json(body, { headers: { 'rollcall-next-token': next } });
}

function signedIn(token?: string): Response {
  return Response.json({ session: {}, token }, { status: 201 });
}

describe('presents', () => {
  test('its token', async () => {
    const { rollcall, requests } = clientOf(() => Response.json(statistics), { token: tokenOf(1) });
    await rollcall.statistics();
    expect(presented(requests)).toEqual([`Bearer ${tokenOf(1)}`]);
  });

  test('none where there is none, as in a page whose cookie travels by itself', async () => {
    const { rollcall, requests } = clientOf(() => Response.json(statistics));
    await rollcall.statistics();
    expect(presented(requests)).toEqual([null]);
    expect(requests[0]?.credentials).toBe('same-origin');
  });

  test('what the caller of an endpoint gave for it instead', async () => {
    const { rollcall, requests } = clientOf(() => Response.json(statistics), { token: tokenOf(1) });
    await rollcall.api.GET('/api/UserRequestStatistics', { headers: { authorization: 'Bearer other' } });
    expect(presented(requests)).toEqual(['Bearer other']);
  });

  test.each(['two\nlines', 'a b', '', 'schlüssel'])('nothing malformed: %j, which no error quotes', async (token) => {
    const { rollcall, requests } = clientOf(() => Response.json(statistics), { token });
    await expect(rollcall.statistics()).rejects.toThrow('The token holds characters that no header may carry.');
    expect(requests).toEqual([]);
  });

  test('one token: not one of its own and one of a store', () => {
    expect(() => createRollcall({ baseUrl, token: tokenOf(1), tokens: memoryTokenStore() })).toThrow(TypeError);
  });
});

describe('signing in', () => {
  test('keeps the token', async () => {
    const tokens = memoryTokenStore();
    await clientOf(() => signedIn(tokenOf(1)), { tokens }).rollcall.signIn(credentials);
    expect(tokens.read()).toBe(tokenOf(1));
  });

  test('asks for a token unless told otherwise; with a cookie there is none to keep', async () => {
    const { rollcall, requests } = clientOf(() => signedIn(), { token: tokenOf(1) });
    await rollcall.signIn(credentials);
    await rollcall.signIn({ ...credentials, transport: 'cookie' });
    const bodies = await Promise.all(requests.map((request) => request.json()));
    expect(bodies).toEqual([
      { method: 'password', transport: 'token', ...credentials },
      { method: 'password', transport: 'cookie', ...credentials },
    ]);
    expect(presented(requests)).toEqual([`Bearer ${tokenOf(1)}`, `Bearer ${tokenOf(1)}`]);
  });

  test('somebody else keeps one’s own token', async () => {
    const tokens = memoryTokenStore(tokenOf(1));
    const { rollcall } = clientOf(() => signedIn(tokenOf(1, 2)), { tokens });
    const client = { ipAddress: '192.0.2.7', userAgent: 'Phone' };
    expect((await rollcall.signIn({ ...credentials, client })).token).toBe(tokenOf(1, 2));
    expect(tokens.read()).toBe(tokenOf(1));
  });

  test('fails as the store does', async () => {
    const full: TokenStore = { read: () => undefined, write: () => Promise.reject(new Error('disk full')) };
    const { rollcall } = clientOf(() => signedIn(tokenOf(1)), { tokens: full });
    await expect(rollcall.signIn(credentials)).rejects.toThrow('disk full');
  });
});

describe('signing out', () => {
  test.each<[string, Fetch]>([
    ['it succeeds', () => new Response(null, { status: 204 })],
    ['the session has ended already', () => problemAnswer({ ...problem, status: 401, code: 'session-ended' })],
  ])('forgets the token when %s', async (_, answer) => {
    const tokens = memoryTokenStore(tokenOf(1));
    await clientOf(answer, { tokens }).rollcall.signOut();
    expect(tokens.read()).toBeUndefined();
  });

  test('keeps the token when it does not succeed', async () => {
    const tokens = memoryTokenStore(tokenOf(1));
    const { rollcall } = clientOf(() => problemAnswer({ ...problem, status: 503, code: 'unavailable' }), { tokens });
    expect((await failureOf(rollcall.signOut())).code).toBe('unavailable');
    expect(tokens.read()).toBe(tokenOf(1));
  });
});

describe('a next token', () => {
  test('is presented from then on', async () => {
    const { rollcall, requests } = clientOf(() => withNext(tokenOf(2)), { token: tokenOf(1) });
    await rollcall.statistics();
    await rollcall.statistics();
    expect(presented(requests)).toEqual([`Bearer ${tokenOf(1)}`, `Bearer ${tokenOf(2)}`]);
  });

  test('comes with a problem too', async () => {
    const tokens = memoryTokenStore(tokenOf(1));
    const { rollcall } = clientOf(() => problemAnswer(problem, { 'rollcall-next-token': tokenOf(2) }), { tokens });
    await failureOf(rollcall.statistics());
    expect(tokens.read()).toBe(tokenOf(2));
  });

  test('is safe before its answer is used', async () => {
    const { promise: safe, resolve } = Promise.withResolvers<void>();
    const tokens: TokenStore = { read: () => tokenOf(1), write: () => safe };
    const { rollcall } = clientOf(() => withNext(tokenOf(2)), { tokens });
    const answered = vi.fn<() => void>();
    const called = rollcall.statistics().then(answered);
    for (let turn = 0; turn < 20; turn += 1) await setImmediate();
    expect(answered).not.toHaveBeenCalled();
    resolve();
    await called;
    expect(answered).toHaveBeenCalled();
  });

  test('never takes the store back, however late its answer comes', async () => {
    const tokens = memoryTokenStore(tokenOf(1));
    const { promise: late, resolve } = Promise.withResolvers<Response>();
    const answers = [late, withNext(tokenOf(2)), withNext(tokenOf(3))];
    const { rollcall } = clientOf(() => answers.shift() ?? Response.error(), { tokens });
    const first = rollcall.statistics();
    await rollcall.statistics();
    await rollcall.statistics();
    resolve(withNext(tokenOf(2)));
    await first;
    expect(tokens.read()).toBe(tokenOf(3));
  });

  test.each<[string, TokenStore, string]>([
    ['of a session that was left for another', memoryTokenStore(tokenOf(1, 2)), tokenOf(2, 1)],
    ['of a session that was signed out', memoryTokenStore(), tokenOf(2)],
    ['that is none', memoryTokenStore(tokenOf(1)), 'nonsense'],
    ['that is kept already', memoryTokenStore(tokenOf(2)), tokenOf(2)],
  ])('%s is not written', async (_, tokens, next) => {
    const write = vi.spyOn(tokens, 'write');
    await clientOf(() => withNext(next), { tokens }).rollcall.statistics();
    expect(write).not.toHaveBeenCalled();
  });

  test('and the token of a new session are written one after the other', async () => {
    const writes: string[] = [];
    const { promise: slow, resolve: finish } = Promise.withResolvers<void>();
    const { promise: rotating, resolve: begin } = Promise.withResolvers<void>();
    const tokens: TokenStore = {
      read: () => tokenOf(1),
      async write(token) {
        writes.push(`begin ${token}`);
        begin();
        if (token === tokenOf(2)) await slow;
        writes.push(`end ${token}`);
      },
    };
    const answer: Fetch = ({ method }) => (method === 'POST' ? signedIn(tokenOf(1, 2)) : withNext(tokenOf(2)));
    const { rollcall } = clientOf(answer, { tokens });
    const called = rollcall.statistics();
    await rotating;
    const signing = rollcall.signIn(credentials);
    await setImmediate();
    finish();
    await Promise.all([called, signing]);
    expect(writes).toEqual([tokenOf(2), tokenOf(1, 2)].flatMap((token) => [`begin ${token}`, `end ${token}`]));
  });

  test('that the store cannot keep loses nothing', async () => {
    const full: TokenStore = { read: () => tokenOf(1), write: () => Promise.reject(new Error('disk full')) };
    const { rollcall, requests } = clientOf(() => withNext(tokenOf(2)), { tokens: full });
    expect(await rollcall.statistics()).toEqual(statistics);
    expect(await rollcall.statistics()).toEqual(statistics);
    expect(presented(requests)).toEqual([`Bearer ${tokenOf(1)}`, `Bearer ${tokenOf(1)}`]);
  });

  test('that the store cannot keep does not stand in the way of the one after it', async () => {
    const tokens = memoryTokenStore(tokenOf(1));
    vi.spyOn(tokens, 'write').mockRejectedValueOnce(new Error('disk busy'));
    const { rollcall } = clientOf(() => withNext(tokenOf(2)), { tokens });
    await rollcall.statistics();
    await rollcall.statistics();
    expect(tokens.read()).toBe(tokenOf(2));
  });
});

test('a next token whose answer breaks half-way is kept all the same', async () => {
  const tokens = memoryTokenStore(tokenOf(1));
  const broken = new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode('{"total'));
      controller.error(new TypeError('the connection broke'));
    },
  });
  const headers = { 'content-type': 'application/json', 'rollcall-next-token': tokenOf(2) };
  const { rollcall } = clientOf(() => new Response(broken, { headers }), { tokens });
  expect((await failureOf(rollcall.statistics())).code).toBe('network');
  expect(tokens.read()).toBe(tokenOf(2));
});
