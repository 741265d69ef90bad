/** Programs that have a key, against the real service. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { memoryTokenStore, type RollcallOptions } from '../src/index.ts';
import { createVerifier } from '../src/verifier.ts';
import { failureOf } from './client.ts';
import { credentialsOf, openRollcall, type RealRollcall } from './real-rollcall.ts';

let real: RealRollcall;
beforeAll(async () => {
  real = await openRollcall();
});
afterAll(() => real[Symbol.asyncDispose]());

/** An administrator, a key of a service account, and a program that has it; `sent` is what it asked the service. */
async function programWithKey(options: Partial<RollcallOptions> = {}) {
  const { api } = real;
  const organization = await api.createOrganization();
  const administrator = real.client();
  await administrator.signIn(credentialsOf(await api.createUser(organization, { role: 'administrator' })));
  const permissions = ['audit:read', 'sessions:verify'] as const;
  const { user } = await administrator.users.invite({
    ...{ email: 'robot@example.com', accountType: 'service', permissions: [...permissions] },
  });
  const made = await administrator.apiKeys.make({
    name: 'Nightly',
    userId: user.userId,
    permissions: [...permissions],
  });
  const sent: string[] = [];
  const given: Partial<RollcallOptions> = {
    apiKey: made.key,
    fetch(request) {
      sent.push(`${request.method} ${new URL(request.url).pathname}`);
      return api.app.fetch(request);
    },
    ...options,
  };
  return { organization, administrator, user, ...made, sent, given, program: real.client(given) };
}

const exchange = 'POST /api/Authentication';

test('a key is exchanged when a session is first needed, and once for requests side by side', async () => {
  const { program, sent, user, apiKey } = await programWithKey();
  expect(sent).toEqual([]);
  const answers = await Promise.all(Array.from({ length: 10 }, () => program.whoAmI()));
  expect(sent.filter((request) => request === exchange)).toHaveLength(1);
  expect(new Set(answers.map(({ session }) => session.requestId)).size).toBe(1);
  expect(answers[0]).toMatchObject({
    user: { email: user.email },
    session: { authMethod: 'api-key', apiKey: { keyId: apiKey.keyId } },
  });
});

test('when the session has ended, another is begun, once for all that find out', async () => {
  const { program, sent, administrator } = await programWithKey();
  const { session } = await program.whoAmI();
  await administrator.endSession(session.requestId);
  const answers = await Promise.all([program.whoAmI(), program.auditEvents(), program.whoAmI()]);
  expect(answers).toHaveLength(3);
  expect(sent.filter((request) => request === exchange)).toHaveLength(2);
  expect((await program.whoAmI()).session.requestId).not.toBe(session.requestId);
});

test('a key that was revoked is one error for each call, and no loop', async () => {
  const { program, sent, administrator, apiKey } = await programWithKey();
  await program.whoAmI();
  const { endedSessions } = await administrator.apiKeys.revoke(apiKey.keyId);
  expect(endedSessions).toBe(1);
  sent.length = 0;
  const failure = await failureOf(program.whoAmI());
  expect(failure.code).toBe('sign-in-failed');
  expect(failure.message).not.toContain('rck_');
  expect(sent).toEqual(['GET /api/Authentication', exchange]);
  expect((await failureOf(program.whoAmI())).code).toBe('sign-in-failed');
  expect((await administrator.apiKeys.list()).map(({ revokedAt }) => typeof revokedAt)).toEqual(['string']);
});

test('clients that share a store share the session', async () => {
  const tokens = memoryTokenStore();
  const { program, given, sent } = await programWithKey({ tokens });
  await program.whoAmI();
  await real.client(given).whoAmI();
  expect(sent.filter((request) => request === exchange)).toHaveLength(1);
});

test('a service that cannot be reached costs nothing: the next call exchanges', async () => {
  let outages = 1;
  const { program } = await programWithKey({
    fetch: (request) => (outages-- > 0 ? Promise.reject(new TypeError('no route')) : real.api.app.fetch(request)),
  });
  expect((await failureOf(program.whoAmI())).code).toBe('network');
  expect((await program.whoAmI()).session.authMethod).toBe('api-key');
});

test('a verifier needs nothing but a key', async () => {
  const { given, organization } = await programWithKey();
  const user = await real.api.createUser(organization);
  const { token } = await real.api.signIn(user);
  const verifier = createVerifier({ baseUrl: 'http://rollcall.test', ...given });
  expect(await verifier.verify(token)).toMatchObject({ active: true, user: { email: user.email } });
  await verifier.close();
});

test('a key and a token contradict each other', () => {
  expect(() => real.client({ apiKey: 'rck_x', token: 'rct_x' })).toThrow(TypeError);
});
