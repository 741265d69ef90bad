/** Requests that another site makes a browser send, with the console's cookie: every operation that changes something, in every way that a browser can be made to ask. */
import { Session } from '@rollcall/core/schema/session';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { bodyOf, contentsOf, onEachEngine, ownOrigin, password, problemOf, type TestApi } from '../../test/api.ts';
import { type Operation, operations } from '../../test/openapi-operations.ts';

const writing = operations.filter(({ method }) => method !== 'GET');

/** What they prove they carry in their bodies, so that a cookie counts for nothing; signing in for a cookie is tried below. */
const withoutCookie = ['signIn', 'choosePassword', 'logOutByProvider'];

const origins = [
  undefined,
  'null',
  'https://evil.test',
  `${ownOrigin}.evil.test`,
  ownOrigin.replace('http:', 'https:'),
  ownOrigin.replace('localhost', 'sub.localhost'),
  ownOrigin.replace(/\d$/, '1'),
  `${ownOrigin}/`,
  `${ownOrigin}, ${ownOrigin}`,
];

// What a form or a script can send without being asked for permission first (CORS, simple requests), and what it cannot.
const contentTypes = [
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/json',
];

/** An administrator's browser, and another session of theirs that could be ended. */
async function browser(api: TestApi) {
  const { token, user } = await api.administrator();
  const other = await api.signIn(user);
  return { cookie: `rollcall=${token}`, ids: { requestId: other.session.requestId, userId: user.userId } };
}

function addressOf({ path }: Operation, ids: Readonly<Record<string, string>>): string {
  return path.replace(/\{(.*?)\}/g, (_, name: string) => ids[name] ?? crypto.randomUUID());
}

onEachEngine((current) => {
  describe.each(
    writing.filter(({ operationId }) => !withoutCookie.includes(operationId)).map((one) => [one.operationId, one]),
  )('%s', (_, operation) => {
    test.each(origins)('with a cookie, from the origin %s, is refused and changes nothing', async (origin) => {
      const api = current();
      const { cookie, ids } = await browser(api);
      const before = await contentsOf(api);
      for (const contentType of contentTypes) {
        const headers = { cookie, 'content-type': contentType, ...(origin !== undefined && { origin }) };
        const { method } = operation;
        const answer = await api.request(addressOf(operation, ids), { method, headers, body: '{}' });
        expect(await problemOf(answer)).toMatchObject({ code: 'cross-origin', status: 403 });
      }
      expect(await contentsOf(api)).toEqual(before);
    });
  });

  test.each(['x-http-method-override', 'x-http-method', 'x-method-override'])(
    'a %s that makes another request of a harmless one is not heeded',
    async (header) => {
      const api = current();
      const { cookie, ids } = await browser(api);
      const path = `/api/UserRequest/${ids.requestId}`;
      const headers = { cookie, origin: ownOrigin, [header]: 'DELETE' };
      expect((await api.request(path, { headers })).status).toBe(200);
      expect((await api.request(path, { method: 'POST', headers })).status).toBe(405);
      expect((await api.request(`${path}?_method=DELETE`, { headers })).status).toBe(400);
      const { session } = await bodyOf(await api.request(path, { headers }), z.object({ session: Session }));
      expect(session.isActive).toBe(true);
    },
  );

  test.each(origins)('nobody is signed in for a cookie from the origin %s', async (origin) => {
    const api = current();
    const { user } = await api.administrator();
    const { email, organization } = user;
    const body = { method: 'password', email, password, organization: organization.slug, transport: 'cookie' };
    const answer = await api.postSignIn(body, { headers: { ...(origin !== undefined && { origin }) } });
    expect(answer.headers.get('set-cookie')).toBeNull();
    expect((await problemOf(answer)).code).toBe('cross-origin');
  });

  test('other sites’ scripts may not even ask', async () => {
    const headers = {
      origin: 'https://evil.test',
      'access-control-request-method': 'DELETE',
      'access-control-request-headers': 'authorization',
    };
    const answer = await current().request('/api/Authentication', { method: 'OPTIONS', headers });
    expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([]);
  });
});
