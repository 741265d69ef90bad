/** Applications that let caches keep their answers: those in which somebody's next token is must not be kept. */
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { toInstant } from '@rollcall/core/instant';
import express from 'express';
import fastify from 'fastify';
import { Hono } from 'hono';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TestApi } from '../../../apps/server/test/api.ts';
import { ageTokens, applicationAndUser } from '../../../apps/server/test/application.ts';
import { requireSession as forExpress } from '../src/adapters/express.ts';
import { requireSession as forFastify } from '../src/adapters/fastify.ts';
import { requireSession as forHono } from '../src/adapters/hono.ts';
import { requireSession as forNode } from '../src/adapters/node.ts';
import { requireSession as forSvelteKit } from '../src/adapters/sveltekit.ts';
import { createVerifier, type Verifier } from '../src/verifier.ts';
import { openRollcall, type RealRollcall } from './real-rollcall.ts';

const cacheable = 'public, max-age=3600';

/** What an application answers to whoever presents a token. */
type Ask = (verifier: Verifier, token: string) => Promise<Response>;

const applications: Readonly<Record<string, Ask>> = {
  async hono(verifier, token) {
    const app = new Hono()
      .use(forHono(verifier))
      .get('/', (c) => c.text('anything', 200, { 'Cache-Control': cacheable }));
    return await app.request('/', { headers: bearing(token) });
  },
  async express(verifier, token) {
    const app = express();
    app.use(forExpress(verifier));
    app.get('/', (_, response) => void response.set('Cache-Control', cacheable).send('anything'));
    return await askOverHttp(app, token);
  },
  async fastify(verifier, token) {
    const app = fastify();
    await app.register(forFastify(verifier));
    app.get('/', (_, reply) => reply.header('Cache-Control', cacheable).send('anything'));
    const { headers } = await app.inject({ url: '/', headers: bearing(token) });
    return new Response(null, {
      headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
    });
  },
  async 'node:http'(verifier, token) {
    const authenticate = forNode(verifier);
    return await askOverHttp(async (request, response) => {
      if (await authenticate(request, response)) response.setHeader('Cache-Control', cacheable).end('anything');
    }, token);
  },
  'SvelteKit, in the header': (verifier, token) => askSvelteKit(verifier, { header: `Bearer ${token}` }),
  'SvelteKit, in the cookie': (verifier, token) => askSvelteKit(verifier, { cookie: token }),
};

let real: RealRollcall;
beforeAll(async () => {
  real = await openRollcall();
});
afterAll(() => real[Symbol.asyncDispose]());

test.each(Object.entries(applications))('%s', async (_, ask) => {
  const api = new TestApi(real.api.database, { clock: () => toInstant(Date.now()) });
  const { application, organization, token } = await applicationAndUser(api);
  const verifier = createVerifier({
    baseUrl: 'http://rollcall.test',
    token: application.token,
    fetch: (request) => api.app.fetch(request),
    rememberMs: 0,
  });
  const before = await ask(verifier, token);
  expect(tokenAndCaching(before)).toEqual([null, cacheable]);
  await ageTokens(api, organization.organizationId, 303);
  const after = await ask(verifier, token);
  expect(tokenAndCaching(after)).toEqual([expect.stringMatching(/\.2\./), 'no-store']);
});

function tokenAndCaching({ headers }: Response) {
  return [headers.get('rollcall-next-token') ?? headers.get('set-cookie'), headers.get('cache-control')];
}

function bearing(token: string) {
  return { authorization: `Bearer ${token}` };
}

async function askOverHttp(listener: RequestListener, token: string): Promise<Response> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  const answer = await fetch(`http://127.0.0.1:${address.port}/`, { headers: bearing(token) });
  await answer.text();
  server.close();
  server.closeAllConnections();
  return answer;
}

/** SvelteKit writes the cookies that were set into whatever `resolve` answers. */
async function askSvelteKit(verifier: Verifier, { header, cookie }: { header?: string; cookie?: string }) {
  const handle = forSvelteKit(verifier, { cookie: 'session' });
  const headers = new Headers({ 'cache-control': cacheable });
  const event = {
    request: new Request('http://app.test/', header === undefined ? {} : { headers: { authorization: header } }),
    locals: {},
    cookies: {
      get: () => cookie,
      set: (name: string, value: string) => headers.append('set-cookie', `${name}=${value}`),
    },
    getClientAddress: () => '127.0.0.1',
  };
  return await handle({ event, resolve: () => new Response('anything', { headers }) });
}
