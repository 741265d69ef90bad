/** The verifier against the real service. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { memoryTokenStore } from '../src/index.ts';
import { createVerifier, type VerifierMemory } from '../src/verifier.ts';
import { credentialsOf, openRollcall, type RealRollcall } from './real-rollcall.ts';

const phone = { ipAddress: '203.0.113.7', userAgent: 'phone/1.0' };

let real: RealRollcall;
/** Milliseconds on the verifiers' clock, which stands still unless a test moves it. */
let now = 0;
beforeAll(async () => {
  real = await openRollcall();
});
afterAll(() => real[Symbol.asyncDispose]());
beforeEach(() => {
  now = 1_000_000;
});

/** A user who has signed in, and an application of the same organization with a verifier; `paths` is what it asked the service. */
async function signedIn(memory: VerifierMemory = {}) {
  const { api } = real;
  const organization = await api.createOrganization();
  const administrator = real.client();
  await administrator.signIn(credentialsOf(await api.createUser(organization, { role: 'administrator' })));
  const account = await api.createUser(organization, { accountType: 'service', permissions: ['sessions:verify'] });
  const { token: own } = await api.signIn(account);
  const user = await api.createUser(organization);
  const { session, token } = await api.signIn(user);
  api.pass(1);
  const paths: string[] = [];
  const verifier = createVerifier({
    baseUrl: 'http://rollcall.test',
    tokens: memoryTokenStore(own),
    fetch(request) {
      paths.push(new URL(request.url).pathname);
      return api.app.fetch(request);
    },
    monotonic: () => now,
    ...memory,
  });
  return { organization, administrator, user, own, session, token, verifier, paths };
}

test('a good token is told whose it is, and asked about once for as long as it is remembered', async () => {
  const { verifier, token, session, user, organization, paths } = await signedIn();
  const answer = await verifier.verify(token, phone);
  expect(answer).toMatchObject({
    ...{ active: true, organization, permissions: [] },
    user: { userId: user.userId, email: user.email },
    session: { requestId: session.requestId, lastIpAddress: phone.ipAddress, lastUserAgent: phone.userAgent },
  });
  now += 1999;
  expect(await verifier.verify(token, phone)).toBe(answer);
  now += 1;
  expect(await verifier.verify(token, phone)).toMatchObject({ active: true });
  expect(paths).toEqual(['/api/Introspection', '/api/Introspection']);
});

test.for([
  ['cut short', (token: string) => token.slice(0, -1), 0],
  ['nothing', () => '', 0],
  ['of another organization', (token: string) => token.replace(/_[^.]*/, '_019346c4-1f2b-7000-8000-000000000001'), 2],
  ['with another number', (token: string) => token.replace('.1.', '.2.'), 2],
  ['with a wrong mac', (token: string) => `${token.slice(0, -43)}${'A'.repeat(43)}`, 2],
] as const)('a token %s is not good, also while the right one is remembered', async ([, change, questions]) => {
  const { verifier, token, paths } = await signedIn();
  await verifier.verify(token);
  for (let count = 0; count < 2; count += 1) {
    expect(await verifier.verify(change(token))).toEqual({ active: false, code: 'unauthenticated' });
  }
  expect(paths).toHaveLength(1 + questions);
  expect((await verifier.verify(token)).active).toBe(true);
  expect(paths).toHaveLength(1 + questions);
});

test('another organization’s token is not good', async () => {
  const { verifier } = await signedIn();
  const foreign = await signedIn();
  expect(await verifier.verify(foreign.token)).toEqual({ active: false, code: 'unauthenticated' });
});

describe('a session that has ended', () => {
  const ended = { active: false, code: 'session-ended', endReason: 'terminated', endedBy: 'administrator' };

  test('is believed for as long as it is remembered, and no longer', async () => {
    const { verifier, token, session, administrator } = await signedIn({ rememberMs: 5000 });
    await verifier.verify(token);
    await administrator.endSession(session.requestId);
    now += 4999;
    expect((await verifier.verify(token)).active).toBe(true);
    now += 1;
    expect(await verifier.verify(token)).toEqual(ended);
  });

  test('is refused at once where nothing is remembered', async () => {
    const { verifier, token, session, administrator, paths } = await signedIn({ rememberMs: 0 });
    for (let count = 0; count < 3; count += 1) expect((await verifier.verify(token)).active).toBe(true);
    await administrator.endSession(session.requestId);
    expect(await verifier.verify(token)).toEqual(ended);
    expect(paths).toHaveLength(4);
  });

  test('is refused at once when the application forgets it', async () => {
    const { verifier, token, session, administrator } = await signedIn();
    await verifier.verify(token);
    await administrator.endSession(session.requestId);
    verifier.forget(session.requestId);
    expect(await verifier.verify(token)).toEqual(ended);
  });

  test('is forgotten when the service says so to a report of its activity', async () => {
    const { verifier, token, session, administrator } = await signedIn();
    await verifier.verify(token);
    expect((await verifier.verify(token)).active).toBe(true);
    await administrator.endSession(session.requestId);
    await verifier.flush();
    expect(await verifier.verify(token)).toEqual(ended);
  });
});

describe('callers at the same time', () => {
  test('share one question for each token, and their activity counts', async () => {
    const { verifier, token, user, paths } = await signedIn();
    const other = await real.api.signIn(user);
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => verifier.verify(index % 2 ? token : other.token, phone)),
    );
    expect(answers.every(({ active }) => active)).toBe(true);
    expect(new Set(answers).size).toBe(2);
    await verifier.flush();
    expect(paths).toEqual(['/api/Introspection', '/api/Introspection', '/api/Activity']);
  });

  test('are not told what was asked before they came, where nothing is remembered', async () => {
    const { verifier, token, paths } = await signedIn({ rememberMs: 0 });
    const answers = await Promise.all(Array.from({ length: 20 }, () => verifier.verify(token)));
    expect(new Set(answers).size).toBe(2);
    expect(paths).toHaveLength(2);
  });

  test('with a token that was made up do not hold up those with the right one', async () => {
    const { verifier, token } = await signedIn();
    const forged = (index: number) => `${token.slice(0, -43)}${String(index).padEnd(42, 'A')}A`;
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) => verifier.verify(index % 5 ? forged(index) : token)),
    );
    expect(answers.filter(({ active }) => active)).toHaveLength(10);
  });
});

test('an answer that was under way when its session was forgotten is given to nobody who comes later', async () => {
  const { own, token, session, administrator } = await signedIn();
  const gate = Promise.withResolvers<void>();
  let answers = 0;
  const rollcall = real.client({
    tokens: memoryTokenStore(own),
    async fetch(request) {
      const answer = await real.api.app.fetch(request);
      answers += 1;
      if (answers === 1) await gate.promise;
      return answer;
    },
  });
  const verifier = createVerifier({ rollcall, monotonic: () => now });
  const early = verifier.verify(token);
  const waiting = verifier.verify(token);
  await expect.poll(() => answers).toBe(1);
  await administrator.endSession(session.requestId);
  verifier.forget(session.requestId);
  const late = verifier.verify(token);
  expect(await late).toMatchObject({ active: false, code: 'session-ended' });
  gate.resolve();
  expect((await early).active).toBe(true);
  expect((await waiting).active).toBe(false);
  expect((await verifier.verify(token)).active).toBe(false);
});

describe('activity of remembered answers', () => {
  test('is reported at once for all sessions, of each the newest, and only where there was any', async () => {
    const clock = () => Date.parse(real.api.now);
    const { verifier, token, session, user, administrator, paths } = await signedIn({ clock });
    const other = await real.api.signIn(user);
    for (const presented of [token, other.token]) await verifier.verify(presented, phone);
    await verifier.flush();
    for (const userAgent of ['first/1.0', 'second/1.0']) {
      real.api.pass(1);
      for (const presented of [token, other.token]) await verifier.verify(presented, { ...phone, userAgent });
    }
    await verifier.verify(token);
    await verifier.flush();
    expect(paths).toEqual(['/api/Introspection', '/api/Introspection', '/api/Activity']);
    const seen = { lastActivity: real.api.now, lastIpAddress: phone.ipAddress, lastUserAgent: 'second/1.0' };
    for (const { requestId } of [session, other.session]) {
      expect(await administrator.getSession(requestId)).toMatchObject(seen);
    }
  });

  test('an answer is for the address that it was asked with, or for whoever says of none', async () => {
    const { verifier, token, paths } = await signedIn();
    const elsewhere = { ...phone, ipAddress: '203.0.113.200' };
    for (const client of [phone, elsewhere, phone]) await verifier.verify(token, client);
    expect(paths).toHaveLength(3);
    await verifier.verify(token, phone);
    await verifier.verify(token);
    expect(paths).toHaveLength(3);
    await verifier.close();
  });

  test('is reported when the verifier closes, which remembers nothing from then on', async () => {
    const { verifier, token, paths } = await signedIn();
    await verifier.verify(token);
    await verifier.verify(token);
    await verifier.close();
    expect(paths).toEqual(['/api/Introspection', '/api/Activity']);
    expect((await verifier.verify(token)).active).toBe(true);
    expect(paths).toHaveLength(3);
  });
});
