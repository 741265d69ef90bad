import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterEach, expect, test } from 'vitest';
import { fetchWithin, isReachable, ProviderUnreachable } from './limited-fetch.ts';

const patient = { fetch: globalThis.fetch, patienceMs: 60_000, mayUseLocalHttp: true };

let ended: (() => Promise<unknown>) | undefined;
afterEach(() => ended?.());

/** Where it is asked. */
async function answering(answer: (request: IncomingMessage, response: ServerResponse) => unknown): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  ended = async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  };
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`;
}

async function failureOf(answer: Promise<Response>): Promise<ProviderUnreachable> {
  const failure: unknown = await answer.catch((error: unknown) => error);
  if (failure instanceof ProviderUnreachable) return failure;
  throw new Error('it was reached');
}

test('an answer is whole: its status, its headers and what is in it, and so is what is sent', async () => {
  const url = await answering(async (request, response) => {
    response.writeHead(201, { 'content-type': 'text/plain', 'x-one': '1' }).end(await text(request));
  });
  const sent = { method: 'POST', headers: { accept: 'text/plain' }, body: new URLSearchParams({ a: 'é&=' }) };
  const answer = await fetchWithin(patient)(url, sent);
  expect([answer.status, answer.headers.get('x-one'), await answer.text()]).toEqual([201, '1', 'a=%C3%A9%26%3D']);
});

test('one without an end is given up at 256 KiB, not at the end of the patience', async () => {
  const url = await answering((_, response) => {
    const chunk = Buffer.alloc(64 * 1024);
    const more = () => {
      while (!response.destroyed && response.write(chunk));
    };
    response.on('drain', more);
    more();
  });
  expect((await failureOf(fetchWithin(patient)(url))).cause).toBeInstanceOf(RangeError);
  const whole = await answering((_, response) => response.end(Buffer.alloc(256 * 1024)));
  expect((await (await fetchWithin(patient)(whole)).arrayBuffer()).byteLength).toBe(256 * 1024);
});

test('a redirect is an answer, and is not followed', async () => {
  const asked: string[] = [];
  const url = await answering((request, response) => {
    asked.push(request.url ?? '');
    response.writeHead(302, { location: '/elsewhere' }).end();
  });
  expect((await fetchWithin(patient)(url)).status).toBe(302);
  expect(asked).toEqual(['/']);
});

test('the patience is for all that one errand asks, and for the last byte', async () => {
  const url = await answering((request, response) => {
    response.writeHead(200).write('{');
    if (request.url === '/first') response.end();
  });
  const fetch = fetchWithin({ ...patient, patienceMs: 300 });
  expect((await fetch(`${url}first`)).status).toBe(200);
  const begun = performance.now();
  expect((await failureOf(fetch(`${url}second`))).cause).toMatchObject({ name: 'TimeoutError' });
  await failureOf(fetch(`${url}first`));
  expect(performance.now() - begun).toBeLessThan(5000);
});

test('what is not https, or carries a password, is not asked', async () => {
  const asked: string[] = [];
  const limits = { ...patient, fetch: (address: unknown) => Promise.reject(asked.push(String(address))) };
  for (const url of ['http://login.example.com/', 'http://127.0.0.1:1/', 'file:///etc/passwd', 'data:,x', 'x']) {
    const answer = fetchWithin({ ...limits, mayUseLocalHttp: false })(url);
    await expect(answer, url).rejects.toThrow(ProviderUnreachable);
  }
  expect(asked).toEqual([]);
});

test.each([
  ['https://login.example.com/', true, true],
  ['http://localhost:4500/', true, false],
  ['http://127.0.0.1:4500/', true, false],
  ['http://[::1]:4500/', true, false],
  ['http://0177.0.0.1/', true, false],
  ['http://127.0.0.1.evil.test/', false, false],
  ['http://169.254.169.254/', false, false],
  ['http://10.0.0.1/', false, false],
  ['https://ada:secret@login.example.com/', false, false],
])('%s is asked from localhost: %s, from elsewhere: %s', (url, fromLocalhost, fromElsewhere) => {
  expect([isReachable(url, true), isReachable(url, false)]).toEqual([fromLocalhost, fromElsewhere]);
});
