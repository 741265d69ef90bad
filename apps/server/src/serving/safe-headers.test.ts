import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { answerSafely } from './safe-headers.ts';

async function headersOf(answer: (outgoing: ServerResponse) => void): Promise<Headers> {
  const server = createServer((_, outgoing) => {
    answerSafely(outgoing, 'an id');
    answer(outgoing);
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server listens on no port');
  const { headers } = await fetch(`http://127.0.0.1:${address.port}`);
  return headers;
}

test.each([
  ['a head that says nothing', (outgoing: ServerResponse) => outgoing.writeHead(204).end()],
  ['a head with a reason', (outgoing: ServerResponse) => outgoing.writeHead(200, 'Fine', { Allow: 'GET' }).end()],
  ['an answer without a head of its own', (outgoing: ServerResponse) => outgoing.end('x')],
])('%s has them', async (_, answer) => {
  const headers = await headersOf(answer);
  expect(headers.get('cache-control')).toBe('no-store');
  expect(headers.get('x-frame-options')).toBe('DENY');
  expect(headers.get('rollcall-trace-id')).toBe('an id');
});

test('what an answer says itself counts, however it is written, and is said once', async () => {
  const headers = await headersOf((outgoing) => outgoing.writeHead(200, { 'Cache-Control': 'max-age=1' }).end());
  expect(headers.get('cache-control')).toBe('max-age=1');
});
