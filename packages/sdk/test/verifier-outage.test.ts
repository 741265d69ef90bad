/** The verifier while the service, or the way to it, is not well. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DatabaseUnavailable } from '../../../apps/server/src/database/unavailable.ts';
import { TestApi } from '../../../apps/server/test/api.ts';
import { applicationAndUser } from '../../../apps/server/test/application.ts';
import { createVerifier, isOutage } from '../src/verifier.ts';
import { failureOf } from './client.ts';
import { openRollcall, type RealRollcall } from './real-rollcall.ts';

let real: RealRollcall;
beforeAll(async () => {
  real = await openRollcall();
});
afterAll(() => real[Symbol.asyncDispose]());

/** A service whose database can be taken away and given back, and a verifier on the same clock. */
async function fragile() {
  const { database } = real.api;
  const state: { isDown: boolean } = { isDown: false };
  const down = () => Promise.reject<never>(new DatabaseUnavailable('down'));
  const api = new TestApi({
    ...database,
    inOrganization: (...given) => (state.isDown ? down() : database.inOrganization(...given)),
    readSessionByKey: (...given) => (state.isDown ? down() : database.readSessionByKey(...given)),
  });
  const { application, organization, token, session } = await applicationAndUser(api);
  const verifier = createVerifier({
    baseUrl: 'http://rollcall.test',
    token: application.token,
    fetch: (request) => api.app.fetch(request),
    monotonic: () => Date.parse(api.now),
    clock: () => Date.parse(api.now),
  });
  const lastActivity = async () => {
    await api.activity.flushAll();
    return (await database.readSessionByKey(organization.organizationId, session.requestId))?.last_activity;
  };
  return { api, state, verifier, token, lastActivity };
}

describe('a service whose database does not answer', () => {
  test('is no reason to call a token bad: what is remembered is, and the rest is told as an outage', async () => {
    const { api, state, verifier, token } = await fragile();
    await verifier.verify(token);
    state.isDown = true;
    expect((await verifier.verify(token)).active).toBe(true);
    api.pass(2);
    api.registry.forgetAll();
    const failure = await failureOf(verifier.verify(token));
    expect(failure).toMatchObject({ code: 'unavailable', status: 503 });
    expect(failure.retryAfter).toBeGreaterThan(0);
    expect(isOutage(failure)).toBe(true);
    state.isDown = false;
    expect((await verifier.verify(token)).active).toBe(true);
  });

  test('fails all who wait for the one answer, and nobody later', async () => {
    const { api, state, verifier, token } = await fragile();
    state.isDown = true;
    api.registry.forgetAll();
    const failures = await Promise.all(Array.from({ length: 5 }, () => failureOf(verifier.verify(token))));
    expect(new Set(failures).size).toBe(1);
    state.isDown = false;
    expect((await verifier.verify(token)).active).toBe(true);
  });

  test('costs no activity: it is reported when the service is back', async () => {
    const { api, state, verifier, token, lastActivity } = await fragile();
    await verifier.verify(token);
    api.pass(1);
    await verifier.verify(token);
    const seenAt = api.now;
    state.isDown = true;
    expect((await failureOf(verifier.flush())).code).toBe('unavailable');
    state.isDown = false;
    api.pass(5);
    await verifier.flush();
    expect(await lastActivity()).toBe(seenAt);
  });
});

test('a service that cannot be reached is an outage', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  const { token } = await real.api.administrator();
  const verifier = createVerifier({ baseUrl: `http://127.0.0.1:${address.port}`, token });
  const failure = await failureOf(verifier.verify(token));
  expect(failure.code).toBe('network');
  expect(isOutage(failure)).toBe(true);
});

describe('an application that may not ask', () => {
  test.for(['forbidden', 'session-ended', 'unauthenticated'] as const)('is told so: %s', async (code) => {
    const organization = await real.api.createOrganization();
    const member = await real.api.signIn(await real.api.createUser(organization));
    const tokens = { forbidden: member.token, 'session-ended': member.token, unauthenticated: 'rct_nonsense' };
    if (code === 'session-ended') {
      await real.api.request('/api/Authentication', { method: 'DELETE', token: member.token });
    }
    const { token } = await real.api.signIn(await real.api.createUser(organization));
    const verifier = createVerifier({ rollcall: real.client({ token: tokens[code] }) });
    const failure = await failureOf(verifier.verify(token));
    expect(failure.code).toBe(code);
    expect(isOutage(failure)).toBe(false);
  });
});

test.for([
  { rememberMs: -1 },
  { rememberMs: Number.NaN },
  { capacity: Number.POSITIVE_INFINITY },
  { flushEveryMs: 2 ** 31 },
])('%j is refused', (options) => {
  expect(() => createVerifier({ baseUrl: 'http://rollcall.test', ...options })).toThrow(RangeError);
});
