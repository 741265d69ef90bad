/** The example of each adapter, run as a process against the real service. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { TestUser } from '../../../apps/server/test/api.ts';
import { type BreakableRollcall, environmentOf, openBreakableRollcall } from './breakable-rollcall.ts';
import { type Serving, startServing } from './program.ts';

const applications = [
  ['hono', 'hono.ts'],
  ['express', 'express.ts'],
  ['fastify', 'fastify.ts'],
  ['node:http', 'node.ts'],
  ['SvelteKit', 'sveltekit/build/index.js'],
] as const;
const examples = fileURLToPath(new URL('../examples/', import.meta.url));

let rollcall: BreakableRollcall;
beforeAll(async () => {
  await promisify(execFile)('vite', ['build'], { cwd: join(examples, 'sveltekit') });
  rollcall = await openBreakableRollcall();
});
afterEach(() => {
  rollcall.trouble.now = 'none';
});
afterAll(() => rollcall[Symbol.asyncDispose]());

/** A user who has signed in at the service, and what their greeting is. */
async function signedIn() {
  const user = await rollcall.createUser();
  return { ...(await rollcall.api.signIn(user)), greeting: `Hello, ${user.email}!` };
}

describe.each(applications)('%s', (_, program) => {
  const start = (user: TestUser) =>
    startServing({ program: join(examples, program), environment: environmentOf(rollcall, user) });
  let app: Serving;
  let account: TestUser;
  beforeAll(async () => {
    account = await rollcall.createUser({ accountType: 'service', permissions: ['sessions:verify'] });
    app = await start(account);
  });
  afterAll(() => app[Symbol.asyncDispose]());

  const ask = (token: string, path = '/') =>
    fetch(new URL(path, app.url), { headers: { authorization: `Bearer ${token}`, 'user-agent': 'phone/1.0' } });

  test('a good token is greeted by its user’s name', async () => {
    const { token, greeting } = await signedIn();
    const answer = await ask(token);
    expect([answer.status, await answer.text()]).toEqual([200, greeting]);
    expect(answer.headers.get('rollcall-next-token')).toBeNull();
  });

  test.for([{}, { authorization: 'Basic YWRhOnNlY3JldA==' }, { authorization: 'Bearer' }])(
    'no token is refused: %j',
    async (headers) => {
      const answer = await fetch(app.url, { headers });
      expect(await refusalOf(answer)).toMatchObject({
        status: 401,
        challenge: 'Bearer',
        problem: { status: 401, code: 'unauthenticated' },
      });
    },
  );

  test.for([
    ['malformed', () => 'rct_nonsense'],
    ['with a wrong mac', (token: string) => `${token.slice(0, -43)}${'A'.repeat(43)}`],
  ] as const)('a bad token is refused: %s', async ([, change]) => {
    const { token } = await signedIn();
    expect(await refusalOf(await ask(change(token)))).toMatchObject({
      status: 401,
      challenge: 'Bearer error="invalid_token"',
      problem: { status: 401, code: 'unauthenticated' },
    });
  });

  test('a session that has ended is refused, with who ended it and why', async () => {
    const { token, session } = await signedIn();
    await rollcall.administrator.endSession(session.requestId);
    expect(await refusalOf(await ask(token))).toMatchObject({
      status: 401,
      challenge: 'Bearer error="invalid_token"',
      problem: { status: 401, code: 'session-ended', endReason: 'terminated', endedBy: 'administrator' },
    });
  });

  test('a next token reaches the client, which goes on with it', async () => {
    const { token, greeting } = await signedIn();
    await rollcall.age(303);
    const answer = await ask(token);
    const next = answer.headers.get('rollcall-next-token') ?? '';
    expect([answer.status, await answer.text()]).toEqual([200, greeting]);
    expect(next).toMatch(/\.2\./);
    expect((await ask(token, '/nowhere')).headers.get('rollcall-next-token')).toBe(next);
    const later = await ask(next);
    expect([later.status, later.headers.get('rollcall-next-token')]).toEqual([200, null]);
  });

  test.for(['no database', 'no network'] as const)(
    'an outage is told as one, and costs nothing: %s',
    async (trouble) => {
      const { token } = await signedIn();
      rollcall.trouble.now = trouble;
      rollcall.api.registry.forgetAll();
      expect(await refusalOf(await ask(token))).toMatchObject({
        status: 503,
        challenge: null,
        retryAfter: expect.stringMatching(/^[1-9]\d*$/),
        problem: { status: 503, code: 'unavailable' },
      });
      rollcall.trouble.now = 'none';
      expect((await ask(token)).status).toBe(200);
    },
  );

  test('where its client is and what it is reaches the session', async () => {
    const { token, session } = await signedIn();
    await ask(token);
    expect(await rollcall.administrator.getSession(session.requestId)).toMatchObject({
      ...{ ipAddress: '192.0.2.7', lastIpAddress: '127.0.0.1' },
      ...{ userAgent: 'test/1.0', lastUserAgent: 'phone/1.0' },
    });
  });

  test('what it does not have is told only to whoever is let in', async () => {
    const { token } = await signedIn();
    expect((await ask(token, '/nowhere')).status).toBe(404);
    expect((await fetch(new URL('/nowhere', app.url))).status).toBe(401);
  });

  test('an application that may not ask fails, which says nothing of its client’s token', async () => {
    await using unable = await start(await rollcall.createUser());
    const { token } = await signedIn();
    const answer = await fetch(unable.url, { headers: { authorization: `Bearer ${token}` } });
    expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([500, null]);
  });

  test('an application whose own session has ended signs in again', async () => {
    const { sessions } = await rollcall.administrator.listSessions({ search: account.email, status: 'active' });
    for (const { requestId } of sessions) await rollcall.administrator.endSession(requestId);
    const { token } = await signedIn();
    const statuses = new Set<number>();
    await expect.poll(async () => statuses.add((await ask(token)).status)).toContain(200);
    expect(statuses).not.toContain(401);
  });
});

/** What a client is told that is refused; throws for anything but a problem document. */
async function refusalOf(answer: Response) {
  const { status, headers } = answer;
  const type = headers.get('content-type');
  if (type !== 'application/problem+json') throw new Error(`${status} ${type} is not a problem document`);
  const problem: unknown = await answer.json();
  const [challenge, retryAfter] = [headers.get('www-authenticate'), headers.get('retry-after')];
  return { status, challenge, retryAfter, problem };
}
