/** A service, or whoever stands before it, that sends its clients elsewhere. */
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { expect, test } from 'vitest';
import { createRollcall } from '../src/index.ts';
import { failureOf, tokenOf } from './client.ts';

async function listening(answer: RequestListener) {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return {
    url: `http://127.0.0.1:${address.port}`,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

test.each([301, 302, 303, 307, 308])('%i takes neither key nor password nor token elsewhere', async (status) => {
  const reached: (string | undefined)[] = [];
  await using elsewhere = await listening((request, response) => {
    reached.push(request.url);
    response.setHeader('Rollcall-Next-Token', tokenOf(2)).end('{}');
  });
  await using service = await listening((request, response) => {
    response.writeHead(status, { Location: new URL(request.url ?? '/', elsewhere.url).href }).end();
  });
  const baseUrl = service.url;
  const failures = await Promise.all([
    failureOf(createRollcall({ baseUrl, apiKey: 'rck_a-key' }).statistics()),
    failureOf(createRollcall({ baseUrl }).signIn({ email: 'ada@example.com', password: 'secret' })),
    failureOf(createRollcall({ baseUrl, token: tokenOf(1) }).statistics()),
  ]);
  expect(reached).toEqual([]);
  for (const failure of failures) expect(failure).toMatchObject({ code: 'not-json', status });
});
