/** A `Host` that somebody made up: no link, no cookie and no address that the API answers may be of it. The console’s share is in `dispatch.test.ts`. */
import { once } from 'node:events';
import { createServer, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { credentialsOf, onEachEngine, ownOrigin, type TestApi } from '../../test/api.ts';

const lies = {
  Host: 'evil.example',
  'X-Forwarded-Host': 'evil.example',
  'X-Forwarded-Proto': 'https',
  'X-Forwarded-Server': 'evil.example',
  'X-Original-Url': 'https://evil.example/',
  Forwarded: 'host=evil.example;proto=https',
};

/** What comes back, headers and body, as one text. Unlike fetch, it sends the Host that it is told. */
async function askLying(api: TestApi, path: string, { method = 'GET', headers = {}, body = '' } = {}) {
  const server = createServer(api.listener()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  const asked = request({
    ...{ host: '127.0.0.1', port: address.port, path, method, agent: false },
    headers: { ...lies, 'content-type': 'application/json', ...headers },
  });
  asked.end(body);
  const [answer] = await once(asked, 'response');
  const said = `${answer.statusCode}\n${answer.rawHeaders.join('\n')}\n\n${await text(answer)}`;
  server.close();
  await once(server, 'close');
  return said;
}

onEachEngine((current) => {
  test.each([
    '/api/Nothing',
    '/api/Authentication',
    '/api/openapi.json',
    '/api/docs',
    'http://evil.example/api/Nothing',
  ])('the answer to %s does not speak of it', async (path) => {
    expect(await askLying(current(), path)).not.toContain('evil.example');
  });

  test('the link of an invitation is of the service’s own address', async () => {
    const api = current();
    const { token } = await api.administrator();
    const body = JSON.stringify({ email: 'invited@example.com' });
    const said = await askLying(api, '/api/Users', {
      ...{ method: 'POST', body },
      headers: { authorization: `Bearer ${token}` },
    });
    expect(said).toMatch(/^201\n/);
    expect(said).toContain(`"url":"${ownOrigin}/choose-password#`);
    expect(said).not.toContain('evil.example');
  });

  test('it makes no origin one’s own, and no cookie another host’s', async () => {
    const api = current();
    const { user } = await api.administrator();
    const body = JSON.stringify({ ...credentialsOf(user), transport: 'cookie' });
    const signIn = (origin: string) =>
      askLying(api, '/api/Authentication', { method: 'POST', body, headers: { origin } });
    expect(await signIn('https://evil.example')).toMatch(/^403\n/);
    expect(await signIn(ownOrigin)).toMatch(
      /^201\n[\s\S]*\nSet-Cookie\nrollcall=[^;]+; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Lax\n/i,
    );
  });
});
