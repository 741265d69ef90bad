import { describe, expect, test } from 'vitest';
import { onEachEngine, ownOrigin, password, problemOf, TestApi } from '../../test/api.ts';
import { ENGINES } from '../../test/engines.ts';
import { openTestDatabase } from '../../test/test-database.ts';
import { openDatabase } from '../database/open-database.ts';

const exposed = ['Rollcall-Next-Token', 'Rollcall-Export-Total', 'Retry-After', 'Rollcall-Trace-Id'];

onEachEngine((current) => {
  test('where there is nothing, the problem says so', async () => {
    const answer = await current().request('/api/Nothing');
    expect(await problemOf(answer)).toMatchObject({
      type: 'http://localhost:4400/api/docs/problems#not-found',
      title: 'Not found',
      status: 404,
      code: 'not-found',
      detail: 'There is nothing at /api/Nothing.',
    });
  });

  test.each([
    ['PUT', '/api/Authentication', 'POST, GET, DELETE, HEAD, OPTIONS'],
    ['POST', '/api/UserRequests', 'GET, HEAD, OPTIONS'],
    ['PATCH', '/api/UserRequest/1', 'GET, DELETE, HEAD, OPTIONS'],
    ['DELETE', '/health/live', 'GET, HEAD, OPTIONS'],
  ])('%s %s is answered with the methods that there are', async (method, path, allow) => {
    const answer = await current().request(path, { method });
    expect((await problemOf(answer)).code).toBe('method-not-allowed');
    expect(answer.headers.get('allow')).toBe(allow);
  });

  test('OPTIONS tells the methods, of what exists', async () => {
    const api = current();
    const answer = await api.request('/api/UserRequests', { method: 'OPTIONS' });
    expect(answer.status).toBe(204);
    expect(answer.headers.get('allow')).toBe('GET, HEAD, OPTIONS');
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    expect((await api.request('/api/Nothing', { method: 'OPTIONS' })).status).toBe(404);
  });

  test('HEAD is GET without the body, and no write', async () => {
    const api = current();
    const { token } = await api.administrator();
    const answer = await api.request('/api/UserRequests', { method: 'HEAD', token });
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe('');
    const cookie = { headers: { cookie: `rollcall=${token}` } };
    expect((await api.request('/api/UserRequests', { method: 'HEAD', ...cookie })).status).toBe(200);
    expect((await api.request('/api/UserRequests', { method: 'HEAD' })).status).toBe(401);
  });

  test('what nobody expected is answered without its details, which the log has under the trace id', async () => {
    const { database } = current();
    const broken = { ...database, ping: () => Promise.reject(new Error('secret detail of the inside')) };
    const api = new TestApi(broken);
    const answer = await api.request('/health/ready');
    const text = await answer.clone().text();
    const problem = await problemOf(answer);
    expect(problem.code).toBe('internal');
    expect(text).not.toMatch(/secret detail|\.ts|stack/);
    const line = api.logged.find((logged) => logged.includes('secret detail of the inside'));
    expect(line).toContain(problem.traceId);
  });

  test('neither passwords nor tokens are ever logged', async () => {
    const api = current();
    const { user, token } = await api.administrator();
    await api.request(`/api/UserRequests?search=${token}`, { token });
    await api.request('/api/UserRequests', { headers: { cookie: `rollcall=${token}` } });
    const body = { method: 'password', email: user.email, password: 'a wrong password', organization: 'nowhere' };
    await api.postSignIn(body);
    await api.postSignIn({ ...body, password: { nested: 'a wrong password' } });
    const logs = api.logged.join('');
    expect(api.logged.length).toBeGreaterThan(5);
    for (const secret of [password, 'a wrong password', token, token.slice(-43)]) expect(logs).not.toContain(secret);
  });

  test('a request is logged with its path but not its query', async () => {
    const api = current();
    await api.request('/api/UserRequests?search=ada');
    const line = api.logged.findLast((logged) => logged.includes('/api/UserRequests'));
    expect(JSON.parse(line ?? '')).toMatchObject({
      method: 'GET',
      path: '/api/UserRequests',
      status: 401,
      msg: 'request',
    });
    expect(line).not.toContain('ada');
  });
});

describe('other origins', () => {
  const friend = 'https://app.example.com';

  onEachEngine(
    (current) => {
      test('those that are allowed may ask and read, without cookies', async () => {
        const api = current();
        const headers = {
          origin: friend,
          'access-control-request-method': 'DELETE',
          'access-control-request-headers': 'authorization',
        };
        const preflight = await api.request('/api/Authentication', { method: 'OPTIONS', headers });
        expect(preflight.status).toBe(204);
        expect(preflight.headers.get('access-control-allow-origin')).toBe(friend);
        expect(preflight.headers.get('access-control-allow-methods')).toContain('DELETE');
        expect(preflight.headers.get('access-control-allow-headers')).toContain('Authorization');
        for (const path of ['/api/Authentication', '/api/Nothing']) {
          const answer = await api.request(path, { headers: { origin: friend } });
          expect(answer.headers.get('access-control-allow-origin')).toBe(friend);
          expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
          expect(answer.headers.get('access-control-expose-headers')?.split(',')).toEqual(exposed);
          expect(answer.headers.get('vary')).toBe('Origin');
        }
      });

      test.each(['https://evil.test', `${friend}.evil.test`, 'null', ownOrigin])('%s is not', async (origin) => {
        const api = current();
        for (const method of ['GET', 'OPTIONS']) {
          const answer = await api.request('/api/Authentication', { method, headers: { origin } });
          expect(answer.headers.get('access-control-allow-origin')).toBeNull();
          expect(answer.headers.get('vary')).toBe('Origin');
        }
      });

      test('none of them may write with a cookie', async () => {
        const api = current();
        const { token } = await api.administrator();
        const headers = { origin: friend, cookie: `rollcall=${token}` };
        const answer = await api.request('/api/Authentication', { method: 'DELETE', headers });
        expect((await problemOf(answer)).code).toBe('cross-origin');
      });
    },
    { allowedOrigins: [friend] },
  );
});

describe.each(ENGINES)('%s', (engine) => {
  test('while the database fails, requests are to be tried again; when it is back, they are answered', async () => {
    const opened = await openTestDatabase(engine);
    const database = { ...opened.database };
    const api = new TestApi(database);
    const { user, token, session } = await api.administrator();
    await opened.database.close();
    const requests = [
      () => api.request('/api/Authentication', { token }),
      () => api.request('/api/Authentication', { token, method: 'DELETE' }),
      () => api.request('/api/UserRequests', { token }),
      () => api.request('/api/UserRequestStatistics', { token }),
      () => api.request(`/api/UserRequest/${session.requestId}`, { token }),
      () => api.request(`/api/UserRequest/${session.requestId}`, { token, method: 'DELETE' }),
      () => api.request('/api/AuditEvents', { token }),
      () => api.postSignIn({ method: 'password', email: user.email, password, organization: user.organization.slug }),
      () => api.request('/health/ready'),
    ];
    for (const request of requests) {
      const answer = await request();
      expect(await problemOf(answer)).toMatchObject({ code: 'unavailable', status: 503 });
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    }
    expect((await api.request('/health/live')).status).toBe(200);
    expect((await api.request('/api/Authentication', { token: 'nonsense' })).status).toBe(401);

    const again = await openDatabase(opened.options);
    Object.assign(database, again);
    expect((await api.request('/health/ready')).status).toBe(200);
    expect((await api.request('/api/Authentication', { token })).status).toBe(200);
    await api.activity.flushAll();
    expect((await api.request('/api/UserRequests', { token })).status).toBe(200);
    await again.close();
    await opened.destroy();
  });
});
