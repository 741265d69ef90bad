import type { FieldProblem } from '@rollcall/core/schema/problem';
import { SessionList } from '@rollcall/core/schema/session-list';
import { describe, expect, test } from 'vitest';
import { bodyOf, contentsOf, onEachEngine, ownOrigin, password, problemOf } from '../../test/api.ts';

const good = { method: 'password', email: 'ada@example.com', password, organization: 'acme' };
const some = '01a207c8-f078-7404-83dc-e75fd24bfbbd';
const json = { 'content-type': 'application/json' };

async function errorsOf(answer: Response): Promise<FieldProblem[]> {
  const { code, errors = [] } = await problemOf(answer);
  expect(code).toBe('invalid');
  return errors;
}

onEachEngine((current) => {
  describe('the body of a sign-in', () => {
    test.each<[string, unknown, string[]]>([
      ['without anything', {}, ['method']],
      ['with nothing but the method', { method: 'password' }, ['email', 'password']],
      ['with a key and a password', { method: 'api-key', key: 'rck_', password: 'x' }, ['password']],
      ['that is an array', [], ['']],
      ['that is null', null, ['']],
      ['that is a string', 'password', ['']],
      ['with unknown members', { ...good, remember: true, admin: 1 }, ['remember', 'admin']],
      ['with __proto__', JSON.parse(`{"__proto__": 1, "method": "password"}`), ['email', 'password', '__proto__']],
      ['of another method', { ...good, method: 'magic' }, ['method']],
      ['with an e-mail that is a number', { ...good, email: 7 }, ['email']],
      ['with an e-mail that is none', { ...good, email: 'ada' }, ['email']],
      ['with an e-mail that is too long', { ...good, email: `${'a'.repeat(250)}@b.de` }, ['email']],
      ['with a NUL in the e-mail', { ...good, email: 'a\u0000da@example.com' }, ['email']],
      ['with half a surrogate in the e-mail', { ...good, email: 'a\ud800da@example.com' }, ['email']],
      ['with an empty password', { ...good, password: '' }, ['password']],
      ['with a password that is too long', { ...good, password: 'x'.repeat(513) }, ['password']],
      ['with a password that is a list', { ...good, password: ['x'] }, ['password']],
      ['with an organization that is no slug', { ...good, organization: 'Acme Inc.' }, ['organization']],
      ['with a session name that is blank', { ...good, sessionName: '  ' }, ['sessionName']],
      ['with a session name that is too long', { ...good, sessionName: 'x'.repeat(121) }, ['sessionName']],
      ['with a line break in the session name', { ...good, sessionName: 'a\nb' }, ['sessionName']],
      ['with an unknown transport', { ...good, transport: 'pigeon' }, ['transport']],
      ['with half a client', { ...good, client: { ipAddress: '192.0.2.7' } }, ['client.userAgent']],
      ['with a client of no address', { ...good, client: { ipAddress: '1.2.3', userAgent: '' } }, ['client.ipAddress']],
      [
        'with an unknown member inside',
        { ...good, client: { ipAddress: '::1', userAgent: '', port: 1 } },
        ['client.port'],
      ],
    ])('%s is refused, by the names of its members', async (_, body, fields) => {
      const api = current();
      const before = await contentsOf(api);
      const errors = await errorsOf(await api.postSignIn(body));
      const named = new Set(errors.map(({ in: part, field }) => `${part} ${field}`));
      expect([...named]).toEqual(fields.map((field) => `body ${field}`));
      expect(await contentsOf(api)).toEqual(before);
    });

    test('with fifty thousand unknown members is refused with the first of them', async () => {
      const unknown = Object.fromEntries(Array.from({ length: 50_000 }, (_, index) => [`_${index}`, 0]));
      const answer = await current().postSignIn({ ...good, ...unknown });
      const { errors, detail } = await problemOf(answer);
      expect(errors).toHaveLength(20);
      expect(detail).toMatch(/^_0: is not known here; .*; and 49980 more$/);
      expect(detail.length).toBeLessThan(1000);
    });

    test.each([
      ['not JSON', '{"method": "password",'],
      ['empty', ''],
      ['no JSON value', 'undefined'],
    ])('%s is refused as such', async (_, body) => {
      const answer = await current().request('/api/Authentication', { method: 'POST', headers: json, body });
      expect(await errorsOf(answer)).toEqual([{ in: 'body', field: '', message: 'must be JSON' }]);
    });

    test('invalid UTF-8 is refused, not mended', async () => {
      const text = JSON.stringify({ ...good, sessionName: 'caf?' });
      const body = Buffer.from(text.replace('?', '\u00e9'), 'latin1');
      const answer = await current().request('/api/Authentication', { method: 'POST', headers: json, body });
      expect(await errorsOf(answer)).toEqual([{ in: 'body', field: '', message: 'must be UTF-8' }]);
    });

    test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', undefined])(
      'of type %s is refused',
      async (type) => {
        const headers = type === undefined ? {} : { 'content-type': type };
        const body = new TextEncoder().encode(JSON.stringify(good));
        const answer = await current().request('/api/Authentication', { method: 'POST', headers, body });
        expect(await problemOf(answer)).toMatchObject({ code: 'unsupported-media-type', status: 415 });
      },
    );

    test('that ends before it is complete is refused, and no error of the server’s', async () => {
      const api = current();
      const logged = api.logged.length;
      const body = new ReadableStream({ pull: (stream) => stream.error(new Error('aborted')) });
      const answer = await api.request('/api/Authentication', { method: 'POST', headers: json, body, duplex: 'half' });
      expect(await errorsOf(answer)).toEqual([{ in: 'body', field: '', message: 'ended before it was complete' }]);
      expect(api.logged.slice(logged).join()).not.toContain('a request failed');
    });

    test('of more than 1 MiB is refused, announced or not, and one of exactly 1 MiB is read', async () => {
      const api = current();
      const post = (body: NonNullable<RequestInit['body']>) =>
        api.request('/api/Authentication', { method: 'POST', headers: json, body, duplex: 'half' });
      const padded = (length: number) => JSON.stringify(good).padEnd(length, ' ');
      const streamed = (text: string) => new Blob([text]).stream();
      const most = 1024 * 1024;
      expect((await problemOf(await post(padded(most + 1)))).code).toBe('too-large');
      expect((await problemOf(await post(streamed(padded(most + 1))))).code).toBe('too-large');
      expect((await problemOf(await post(padded(most)))).code).toBe('sign-in-failed');
    });
  });

  describe('of the queries', () => {
    test.each([
      ...['0', '-1', '1.5', '101', '1e9', '1000000000', '', 'ten', 'NaN', '10;drop table sessions'],
      ...['9'.repeat(400), '%00', '%EF%BF%BD'],
    ])('pageSize=%s is refused on both lists', async (pageSize) => {
      const api = current();
      const { token } = await api.administrator();
      for (const path of ['/api/UserRequests', '/api/AuditEvents']) {
        const errors = await errorsOf(await api.request(`${path}?pageSize=${pageSize}`, { token }));
        expect(errors).toMatchObject([{ in: 'query', field: 'pageSize' }]);
      }
    });

    test.each([
      ['page=0', 'page'],
      ['page=-1', 'page'],
      ['page=1000000001', 'page'],
      ['sort=name', 'sort'],
      ['sort=-', 'sort'],
      ['sort=createdAt%20desc', 'sort'],
      ['status=gone', 'status'],
      ['search=a%00b', 'search'],
      ['search=a%0Ab', 'search'],
      [`search=${'x'.repeat(2001)}`, 'search'],
      [`search=${'x+'.repeat(33)}`, 'search'],
      ['page=1&page=2', 'page'],
      ['search=a&search=a', 'search'],
      ['pagesize=10', 'pagesize'],
      ['__proto__=1', '__proto__'],
      ['constructor=1', 'constructor'],
    ])('?%s is refused on the list of sessions', async (query, field) => {
      const api = current();
      const { token } = await api.administrator();
      const errors = await errorsOf(await api.request(`/api/UserRequests?${query}`, { token }));
      expect(errors).toMatchObject([{ in: 'query', field }]);
    });

    test('a wrong value in a search is told with its place, and the rest still filters', async () => {
      const api = current();
      const { token, session } = await api.administrator();
      const list = async (search: string) =>
        bodyOf(await api.request(`/api/UserRequests?search=${encodeURIComponent(search)}`, { token }), SessionList);
      const asked = `ip:10.0.0.0/99 user:${session.userEmail}`;
      expect(await list(asked)).toMatchObject({
        total: 1,
        searchErrors: [{ code: 'wrong-value', start: 'ip:'.length, end: 'ip:10.0.0.0/99'.length }],
      });
      expect((await list('ip:10.0.0.0/99 user:nobody-at-all')).total).toBe(0);
    });

    test('a page past the end is empty, with the true total', async () => {
      const api = current();
      const { token } = await api.administrator();
      const answer = await api.request('/api/UserRequests?page=1000000000&pageSize=100', { token });
      expect(await answer.json()).toEqual({
        sessions: [],
        total: 1,
        totalIsExact: true,
        page: 1_000_000_000,
        pageSize: 100,
        searchErrors: [],
        activeSessions: {},
      });
    });

    test.each([
      ['GET', '/api/Authentication'],
      ['DELETE', '/api/Authentication'],
      ['GET', '/api/UserRequests'],
      ['GET', '/api/UserRequestStatistics'],
      ['GET', `/api/UserRequest/${some}`],
      ['DELETE', `/api/UserRequest/${some}`],
      ['GET', '/api/AuditEvents'],
      ['GET', '/api/openapi.json'],
      ['GET', '/api/docs'],
      ['GET', '/health/live'],
      ['GET', '/health/ready'],
    ])('%s %s refuses parameters that it does not know', async (method, path) => {
      const api = current();
      const { token } = await api.administrator();
      const errors = await errorsOf(await api.request(`${path}?verbose=1`, { method, token }));
      expect(errors).toEqual([{ in: 'query', field: 'verbose', message: 'is not known here' }]);
      expect((await api.request('/api/Authentication', { token })).status).toBe(200);
    });

    test('signing in refuses them too', async () => {
      const init = { method: 'POST', headers: json, body: JSON.stringify(good) };
      const errors = await errorsOf(await current().request('/api/Authentication?verbose=1', init));
      expect(errors).toMatchObject([{ in: 'query', field: 'verbose' }]);
    });
  });

  test.each(['1', 'null', `${some}0`, some.replace('7', 'x'), '%00', '%FF', '..%2F..', `${some}%00`, "'or'1'='1"])(
    'the id %s is none',
    async (id) => {
      const api = current();
      const { token } = await api.administrator();
      const before = await contentsOf(api);
      for (const method of ['GET', 'DELETE']) {
        const errors = await errorsOf(await api.request(`/api/UserRequest/${id}`, { method, token }));
        expect(errors).toMatchObject([{ in: 'path', field: 'requestId' }]);
      }
      expect(await contentsOf(api)).toEqual(before);
    },
  );

  test('a stranger is told to sign in before their input is judged', async () => {
    const api = current();
    const paths = ['/api/UserRequests?page=0', '/api/UserRequest/1', '/api/AuditEvents?x=1'];
    for (const path of paths) expect((await api.request(path)).status).toBe(401);
  });

  test('a body beyond the limit is refused also where none is needed, and nothing happens', async () => {
    const api = current();
    const { token } = await api.administrator();
    const init = { method: 'DELETE', token, headers: { origin: ownOrigin }, body: 'x'.repeat(1024 * 1024 + 1) };
    expect((await problemOf(await api.request('/api/Authentication', init))).code).toBe('too-large');
    expect((await api.request('/api/Authentication', { token })).status).toBe(200);
  });
});
