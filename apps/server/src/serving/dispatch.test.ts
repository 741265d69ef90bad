import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type RequestListener, request } from 'node:http';
import { connect } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { SignedIn } from '@rollcall/core/schema/authentication';
import { pino } from 'pino';
import { describe, expect, test } from 'vitest';
import { bodyOf, onEachEngine, ownOrigin, password, type TestApi } from '../../test/api.ts';
import { type ConsoleHandler, dispatcher } from './dispatch.ts';

const publicUrl = new URL(ownOrigin);
const page: ConsoleHandler = (_, outgoing) => outgoing.end('the console');

const answerersOf = ({ app: api, answerTokenCheck }: TestApi) => ({ api, answerTokenCheck });

const lines: string[] = [];
const logging = {
  log: pino({ level: 'info' }, { write: (line: string) => void lines.push(line) }),
  newId: randomUUID,
  monotonic: () => performance.now(),
  trustedProxies: ['127.0.0.1'],
};

onEachEngine((current) => {
  test.each(['/api/Authentication', '/api/nothing', '/api', '/health/live', '/health/ready?x=1'])(
    '%s is the API’s',
    async (path) => {
      await using site = await serving(dispatcher({ ...answerersOf(current()), console: page, publicUrl, ...logging }));
      expect((await site.get(path)).headers['rollcall-trace-id']).toBeDefined();
    },
  );

  test.each(['/', '/apiary', '/healthy', '/sign-in?next=/api/', '/Api/Authentication'])(
    '%s is the console’s',
    async (path) => {
      await using site = await serving(dispatcher({ ...answerersOf(current()), console: page, publicUrl, ...logging }));
      expect((await site.get(path)).body).toBe('the console');
    },
  );

  test('a request that names the whole address is answered as one that names the path', async () => {
    const sayAddress: ConsoleHandler = ({ url, headers }, outgoing) => outgoing.end(`${headers.host} ${url}`);
    await using site = await serving(
      dispatcher({ ...answerersOf(current()), console: sayAddress, publicUrl, ...logging }),
    );
    expect((await site.get('http://elsewhere.example/health/live')).status).toBe(200);
    expect((await site.get('http://elsewhere.example/health/live?unknown')).status).toBe(400);
    expect((await site.get('HTTPS://Elsewhere.example:8443')).body).toBe('Elsewhere.example:8443 /');
    expect((await site.get('http://[::1]?search=http://x/')).body).toBe('[::1] /?search=http://x/');
  });

  test.each(['/_app/immutable/x.js', '/sign-in', '/api/Nothing', '/health/live', '/api/back\\slash'])(
    '%s is answered with the headers that keep browsers careful, each once',
    async (path) => {
      await using site = await serving(dispatcher({ ...answerersOf(current()), console: page, publicUrl, ...logging }));
      const { headers, names } = await site.get(path);
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': expect.stringMatching(/^(?:same-origin|no-referrer)$/),
        'cross-origin-opener-policy': 'same-origin',
        'permissions-policy': expect.stringContaining('camera=()'),
      });
      expect(names).toHaveLength(new Set(names).size);
    },
  );

  test.each(['/api/Authentication', '/api/nothing', '/api/UserRequests?page=0', '/health/live', '/api/docs'])(
    'the API’s answer at %s is kept by nobody, runs nothing, and names its request',
    async (path) => {
      await using site = await serving(dispatcher({ ...answerersOf(current()), console: page, publicUrl, ...logging }));
      const { headers, body, status } = await site.get(path);
      expect(headers).toMatchObject({
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
        'content-security-policy': expect.stringMatching(/^default-src 'none'.*frame-ancestors 'none'/),
        'rollcall-trace-id': expect.stringMatching(/^[0-9a-f]{8}-/),
      });
      if (status !== 200) expect(JSON.parse(body)).toMatchObject({ traceId: headers['rollcall-trace-id'] });
    },
  );

  describe('a page', () => {
    const long = '<p>a page</p>'.repeat(1000);
    const sayMuch: ConsoleHandler = (_, outgoing) =>
      outgoing.writeHead(200, { 'content-type': 'text/html', 'content-length': long.length }).end(long);
    const ask = async (path: string, headers: object) => {
      await using site = await serving(
        dispatcher({ ...answerersOf(current()), console: sayMuch, publicUrl, ...logging }),
      );
      return await site.get(path, headers);
    };

    test('is compressed for whoever takes it so', async () => {
      const { headers, bytes } = await ask('/', { 'accept-encoding': 'gzip, deflate, br' });
      expect(headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'Accept-Encoding' });
      expect(bytes.length).toBeLessThan(1000);
      expect(gunzipSync(bytes).toString()).toBe(long);
    });

    test.each(['gzip;q=0', 'deflate, gzip ; q=0.000, identity'])('is not for whoever says %s', async (accepted) => {
      const { headers, body } = await ask('/', { 'accept-encoding': accepted });
      expect(headers).not.toHaveProperty('content-encoding');
      expect(headers).toMatchObject({ vary: 'Accept-Encoding' });
      expect(body).toBe(long);
    });

    test('is compressed for whoever takes it so if need be', async () => {
      const { headers } = await ask('/', { 'accept-encoding': 'gzip;q=0.5, br;q=0' });
      expect(headers).toMatchObject({ 'content-encoding': 'gzip' });
    });

    test('is not for whoever does not say so, and no file that is compressed already', async () => {
      for (const answer of [await ask('/', {}), await ask('/_app/x.js', { 'accept-encoding': 'gzip' })]) {
        expect(answer.headers).not.toHaveProperty('content-encoding');
        expect(answer.body).toBe(long);
      }
    });
  });

  describe('in the log', () => {
    const about = (path: string) => lines.filter((line) => line.includes(path));

    test('the console’s requests are as the API’s, without their queries and cookies', async () => {
      await using site = await serving(dispatcher({ ...answerersOf(current()), console: page, publicUrl, ...logging }));
      const path = `/system/${randomUUID()}`;
      const headers = { 'x-forwarded-for': '203.0.113.9', cookie: 'rollcall=rct_secret' };
      const { headers: answered } = await site.get(`${path}?search=ada`, headers);
      await expect.poll(() => about(path)).toHaveLength(1);
      const [line = ''] = about(path);
      expect(JSON.parse(line)).toEqual({
        level: 30,
        time: expect.any(Number),
        pid: process.pid,
        hostname: expect.any(String),
        msg: 'request',
        traceId: answered['rollcall-trace-id'],
        method: 'GET',
        path,
        status: 200,
        milliseconds: expect.any(Number),
        ipAddress: '203.0.113.9',
      });
    });

    test('are no files that never change, unless they are missing', async () => {
      const missing: ConsoleHandler = (_, outgoing) => outgoing.writeHead(404).end();
      const path = `/_app/immutable/${randomUUID()}.js`;
      for (const [handler, end] of [
        [page, 'there'],
        [missing, 'gone'],
      ] as const) {
        await using site = await serving(
          dispatcher({ ...answerersOf(current()), console: handler, publicUrl, ...logging }),
        );
        await site.get(`${path}/${end}`);
      }
      await expect.poll(() => about(`${path}/gone`)).toHaveLength(1);
      expect(about(`${path}/there`)).toEqual([]);
    });

    test('is an answer that nobody waited for', async () => {
      const path = `/slow/${randomUUID()}`;
      const hangUp: ConsoleHandler = ({ socket }) => socket.destroy();
      await using site = await serving(
        dispatcher({ ...answerersOf(current()), console: hangUp, publicUrl, ...logging }),
      );
      await expect(site.get(path)).rejects.toThrow();
      await expect.poll(() => about(path)).toEqual([expect.stringContaining('"msg":"request cut off"')]);
    });

    test('is what nobody expected of a page, with its stack and the id of the answer', async () => {
      const fail: ConsoleHandler = (incoming, outgoing) => {
        incoming.failed(new RangeError(`a secret of ${incoming.url}`));
        outgoing.writeHead(500).end();
      };
      await using site = await serving(dispatcher({ ...answerersOf(current()), console: fail, publicUrl, ...logging }));
      const path = `/broken/${randomUUID()}`;
      const { headers } = await site.get(path);
      const line = lines.find((logged) => logged.includes(`a secret of ${path}`)) ?? '';
      expect(JSON.parse(line)).toMatchObject({
        level: 50,
        msg: 'a page failed',
        traceId: headers['rollcall-trace-id'],
        err: { type: 'RangeError', stack: expect.stringContaining('dispatch.test.ts') },
      });
    });
  });

  test('where the console is not built, its pages are not found', async () => {
    await using site = await serving(
      dispatcher({ ...answerersOf(current()), console: undefined, publicUrl, ...logging }),
    );
    const { status, body } = await site.get('/sign-in');
    expect(status).toBe(404);
    expect(JSON.parse(body)).toMatchObject({ code: 'not-found' });
  });

  test('the console asks the API in the name of the browser: from its address, with its user agent', async () => {
    const api = current();
    const user = await api.createUser(await api.createOrganization());
    const credentials = { method: 'password', email: user.email, password, organization: user.organization.slug };
    const signIn: ConsoleHandler = async (incoming, outgoing) => {
      const headers = { 'content-type': 'application/json', 'user-agent': 'the console' };
      const init = { method: 'POST', headers, body: JSON.stringify(credentials) };
      const answer = await incoming.api(new Request(`${ownOrigin}/api/Authentication`, init));
      outgoing.end(await answer.text());
    };
    await using site = await serving(dispatcher({ ...answerersOf(api), console: signIn, publicUrl, ...logging }));
    const { body } = await site.get('/sign-in', { 'user-agent': 'A browser/1.0', 'x-forwarded-for': '203.0.113.9' });
    const { session } = await bodyOf(new Response(body), SignedIn);
    expect(session).toMatchObject({ ipAddress: '127.0.0.1', userAgent: 'A browser/1.0' });
  });

  test.each(['/api/Authentication', '/sign-in'])(
    '%s is not done for whoever is gone before it is looked at: nobody knows where they were',
    async (path) => {
      const done: string[] = [];
      const answerers = {
        ...answerersOf(current()),
        answerTokenCheck: ({ url = '' }: IncomingMessage) => done.push(url) < 0,
        console: (({ url = '' }, outgoing) => {
          done.push(url);
          outgoing.end();
        }) satisfies ConsoleHandler,
      };
      const dispatch = dispatcher({ ...answerers, publicUrl, ...logging });
      const addresses: (string | undefined)[] = [];
      const server = createServer((incoming, outgoing) => {
        dispatch(incoming, outgoing);
        addresses.push(incoming.socket.remoteAddress);
      }).listen(0, '127.0.0.1');
      await once(server, 'listening');
      const address = server.address();
      if (address === null || typeof address === 'string') throw new Error('no port was given');
      const socket = connect(address.port, '127.0.0.1');
      await once(socket, 'connect');
      // both before this process comes to look at what was sent
      socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
      socket.resetAndDestroy();
      await expect.poll(() => addresses).toEqual([undefined]);
      expect(done).toEqual([]);
      server.close();
      await once(server, 'close');
    },
  );

  describe('the console is told its own origin', () => {
    const forged = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'evil.example' };
    const sayOrigin: ConsoleHandler = ({ headers }, outgoing) =>
      outgoing.end(`${headers['x-forwarded-proto']}://${headers['x-forwarded-host']}`);

    test.each([
      ['http://localhost:4400', 'localhost:4400', 'http://localhost:4400'],
      ['http://localhost:4400', '127.0.0.1:4400', 'http://127.0.0.1:4400'],
      ['http://127.0.0.1:4400', 'localhost:4400', 'http://localhost:4400'],
      ['http://localhost', '127.0.0.1', 'http://127.0.0.1'],
      ['http://localhost:4400', 'evil.example', 'http://localhost:4400'],
      ['http://localhost:4400', '127.0.0.1:4401', 'http://localhost:4400'],
      ['https://sessions.example.com', '10.0.0.5:4400', 'https://sessions.example.com'],
      ['https://sessions.example.com', 'localhost:4400', 'https://sessions.example.com'],
    ])('with %s configured and %s asked for, it is %s', async (configured, host, expected) => {
      const answerers = { ...answerersOf(current()), console: sayOrigin, publicUrl: new URL(configured) };
      await using site = await serving(dispatcher({ ...answerers, ...logging }));
      expect((await site.get('/', { ...forged, host })).body).toBe(expected);
    });
  });
});

async function serving(listener: RequestListener) {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return {
    get: (path: string, headers = {}) => get({ port: address.port, path, headers }),
    async [Symbol.asyncDispose]() {
      server.close();
      await once(server, 'close');
    },
  };
}

interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  /** Of all headers, as often as they were sent. */
  readonly names: readonly string[];
  readonly body: string;
  readonly bytes: Buffer;
}

// Unlike fetch, it sends the Host that it is told.
function get({ port, path, headers }: { port: number; path: string; headers: object }): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const asked = request({ host: '127.0.0.1', port, path, headers: { ...headers }, agent: false });
  asked.on('response', (answered) => {
    const { statusCode: status, headers, rawHeaders } = answered;
    const names = rawHeaders.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase());
    buffer(answered).then((bytes) => resolve({ status, headers, names, body: bytes.toString(), bytes }), reject);
  });
  asked.on('error', reject).end();
  return promise;
}
