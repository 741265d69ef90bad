import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { onEachEngine, ownOrigin, rotation, type SignedInUser, TestApi, timeouts } from '../../test/api.ts';
import type { Dependencies } from '../context.ts';
import { dispatcher } from './dispatch.ts';
import type { TokenCheckAnswerer } from './token-checks.ts';

const metricsToken = 'of the operator’s Prometheus'.replaceAll(/[^a-z]/gi, '-');

interface Asked {
  readonly method?: string;
  readonly path?: string;
  /** Names and values in turn, as they are sent. */
  readonly headers: readonly string[];
}

const bearer = ({ token }: SignedInUser, scheme = 'Bearer') => ['Authorization', `${scheme} ${token}`];
const forged = ({ token }: SignedInUser) => ({ token: `${token.slice(0, -43)}${'A'.repeat(43)}` });

const onTheSocket: [string, (signedIn: SignedInUser) => Asked][] = [
  ['with a good token', (one) => ({ headers: bearer(one) })],
  ['with the scheme in any case and more room', (one) => ({ headers: bearer(one, 'bEARER  ') })],
  ['with a user agent', (one) => ({ headers: [...bearer(one), 'User-Agent', 'Mozilla/5.0'] })],
  ['with a cookie beside the token', (one) => ({ headers: [...bearer(one), 'Cookie', `rollcall=${one.token}x`] })],
  ['with an address that nobody believes', (one) => ({ headers: [...bearer(one), 'X-Forwarded-For', '203.0.113.9'] })],
  ['to another name of the host', (one) => ({ headers: [...bearer(one), 'Host', 'rollcall.example:8443'] })],
];

const byTheFramework: [string, (signedIn: SignedInUser) => Asked][] = [
  ['without a token', () => ({ headers: [] })],
  ['with nonsense', () => ({ headers: ['Authorization', 'Bearer nonsense'] })],
  ['with another scheme', ({ token }) => ({ headers: ['Authorization', `Basic ${token}`] })],
  ['with a forged token', (one) => ({ headers: ['Authorization', `Bearer ${forged(one).token}`] })],
  ['with the next token', ({ token }) => ({ headers: ['Authorization', `Bearer ${token.replace('.1.', '.2.')}`] })],
  ['with two tokens', (one) => ({ headers: [...bearer(one), ...bearer(one)] })],
  ['with the token in a cookie', ({ token }) => ({ headers: ['Cookie', `rollcall=${token}`] })],
  ['from a page', (one) => ({ headers: [...bearer(one), 'Origin', 'https://app.example'] })],
  ['from a page that may not', (one) => ({ headers: [...bearer(one), 'Origin', 'https://evil.example'] })],
  ['with a query', (one) => ({ path: '/api/Authentication?x=1', headers: bearer(one) })],
  ['with an empty query', (one) => ({ path: '/api/Authentication?', headers: bearer(one) })],
  ['with a slash too many', (one) => ({ path: '/api/Authentication/', headers: bearer(one) })],
  ['of the head alone', (one) => ({ method: 'HEAD', headers: bearer(one) })],
  ['announcing too much', (one) => ({ headers: [...bearer(one), 'Content-Length', '1048577'] })],
  ['to a host that is none', (one) => ({ headers: [...bearer(one), 'Host', 'not a host'] })],
  ['to an address that is none, with a port', (one) => ({ headers: [...bearer(one), 'Host', '1.2.3.999:80'] })],
  ['to a name that ends like an address', (one) => ({ headers: [...bearer(one), 'Host', 'A.999'] })],
];

onEachEngine((current) => {
  /** The same question twice: to a server as it is, and to one that leaves everything to the framework. */
  async function askBoth(api: TestApi, asked: Asked) {
    let onTheSocket: boolean | undefined;
    const answerTokenCheck: TokenCheckAnswerer = (...check) => {
      onTheSocket = api.answerTokenCheck(...check);
      return onTheSocket;
    };
    const answer = await ask(api, answerTokenCheck, asked);
    const byTheFramework = await ask(api, () => false, asked);
    return { onTheSocket, answer, byTheFramework };
  }

  /** With what it remembers of the session, as nearly always. */
  async function remembering(overrides: Partial<Dependencies> = {}) {
    const api = new TestApi(current().database, overrides);
    const signedIn = await api.administrator();
    await api.request('/api/Authentication', { token: signedIn.token, client: { peerAddress: '127.0.0.1' } });
    return { api, signedIn };
  }

  for (const allowedOrigins of [[], ['https://app.example']]) {
    const where = allowedOrigins.length > 0 ? 'where pages of others may ask' : 'where they may not';

    test.each(onTheSocket)(`%s, ${where}, it is answered at once and as by the framework`, async (_, asking) => {
      const { api, signedIn } = await remembering({ allowedOrigins });
      const both = await askBoth(api, asking(signedIn));
      expect(both.onTheSocket).toBe(true);
      expect(both.answer.status).toBe(200);
      expect(both.answer).toEqual(both.byTheFramework);
    });

    test.each(byTheFramework)(`%s, ${where}, it is left to the framework`, async (_, asking) => {
      const { api, signedIn } = await remembering({ allowedOrigins });
      const both = await askBoth(api, asking(signedIn));
      expect(both.onTheSocket).toBe(false);
      expect(both.answer).toEqual(both.byTheFramework);
    });
  }

  test('it counts as activity of the session, and among the tokens that were judged', async () => {
    const { api, signedIn } = await remembering({ metricsToken });
    const { requestId } = signedIn.session;
    const { organizationId } = signedIn.organization;
    for (const answerTokenCheck of [api.answerTokenCheck, () => false]) {
      api.pass(7);
      const before = await judgedIn(api);
      await ask(api, answerTokenCheck, { headers: [...bearer(signedIn), 'User-Agent', `at ${api.now}`] });
      expect(api.activity.pending(organizationId, requestId)).toEqual({
        requestId,
        at: api.now,
        ipAddress: '127.0.0.1',
        userAgent: `at ${api.now}`,
      });
      expect((await judgedIn(api)) - before).toBe(1);
    }
  });

  test('of a session that has ended it is left to the framework', async () => {
    const { api, signedIn } = await remembering();
    api.pass(timeouts.idleSeconds);
    const both = await askBoth(api, { headers: bearer(signedIn) });
    expect(both.onTheSocket).toBe(false);
    expect(both.answer.status).toBe(401);
  });

  test('of a token that is due for the next one it is left to the framework', async () => {
    const { api, signedIn } = await remembering();
    const { organizationId } = signedIn.organization;
    await api.database.inOrganization(organizationId, (tx) =>
      tx.updateTable('sessions').set({ token_confirmed_at: api.now }).execute(),
    );
    api.registry.forgetAll();
    api.pass((rotation.rotateAfterMs + rotation.skewMs) / 1000 + 1);
    // first as the database judges it, and then as it is remembered
    for (let time = 0; time < 2; time += 1) {
      const both = await askBoth(api, { headers: bearer(signedIn) });
      expect(api.registry.size).toBe(1);
      expect(both.onTheSocket).toBe(false);
      expect(both.answer.headers).toHaveProperty('rollcall-next-token');
    }
  });

  test('of a session that is not remembered it is left to the framework', async () => {
    const api = new TestApi(current().database);
    const signedIn = await api.administrator();
    const first = await askBoth(api, { headers: bearer(signedIn) });
    expect(first.onTheSocket).toBe(false);
    expect((await askBoth(api, { headers: bearer(signedIn) })).onTheSocket).toBe(true);
  });
});

/** What comes back and what is logged of it, without what is another one each time. */
async function ask(api: TestApi, answerTokenCheck: TokenCheckAnswerer, asked: Asked) {
  const { method = 'GET', path = '/api/Authentication', headers } = asked;
  const pages = { console: undefined, log: pino({ enabled: false }), monotonic: () => 0, trustedProxies: [] };
  const answerers = { api: api.app, answerTokenCheck, publicUrl: new URL(ownOrigin), newId: randomUUID };
  const server = createServer(dispatcher({ ...answerers, ...pages })).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  const before = api.logged.length;
  const host = headers.includes('Host') ? [] : ['Host', `127.0.0.1:${address.port}`];
  const to = { host: '127.0.0.1', port: address.port, method, path, headers: [...host, ...headers], agent: false };
  const sent = request(to).end();
  const [answer] = await once(sent, 'response');
  const body = await text(answer);
  server.close();
  await once(server, 'close');
  const { date: _, 'rollcall-trace-id': traceId, ...others } = answer.headers;
  expect(traceId).toMatch(/^[0-9a-f-]{36}$/);
  const always = (said: string) => said.replaceAll(traceId, '').replaceAll(/"time":\d+/g, '');
  const logged = api.logged.slice(before).map(always);
  return { status: answer.statusCode, headers: others, body: always(body), logged };
}

async function judgedIn(api: TestApi): Promise<number> {
  const metrics = await (await api.request('/metrics', { token: metricsToken })).text();
  return Number(/^rollcall_tokens_judged_total\{by="memory",verdict="current"\} (\d+)$/m.exec(metrics)?.[1] ?? 0);
}
