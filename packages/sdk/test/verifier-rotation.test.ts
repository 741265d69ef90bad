/** The verifier and tokens that rotate, by the database's own clock. */
import { toInstant } from '@rollcall/core/instant';
import { parseToken } from '@rollcall/core/token';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TestApi } from '../../../apps/server/test/api.ts';
import { ageTokens, applicationAndUser } from '../../../apps/server/test/application.ts';
import { memoryTokenStore } from '../src/index.ts';
import { createVerifier, type Introspection } from '../src/verifier.ts';
import { openRollcall, type RealRollcall } from './real-rollcall.ts';

let real: RealRollcall;
beforeAll(async () => {
  real = await openRollcall();
});
afterAll(() => real[Symbol.asyncDispose]());

/** A user who has signed in, and a verifier of the organization that remembers until `now` is moved. */
async function signedIn() {
  const api = new TestApi(real.api.database, { clock: () => toInstant(Date.now()) });
  const { application, organization, token } = await applicationAndUser(api);
  const own = memoryTokenStore(application.token);
  const state = { now: 0, questions: 0 };
  const verifier = createVerifier({
    baseUrl: 'http://rollcall.test',
    tokens: own,
    fetch(request) {
      state.questions += 1;
      return api.app.fetch(request);
    },
    monotonic: () => state.now,
  });
  const secondsLater = async (seconds: number) => {
    state.now += seconds * 1000;
    await ageTokens(api, organization.organizationId, seconds);
  };
  return { verifier, own, state, token, secondsLater };
}

function nextOf(answer: Introspection): string {
  if (!answer.active) throw new Error(`the token is not good: ${answer.code}`);
  return answer.nextToken ?? 'none';
}

test('a next token is handed on to everybody who asks, remembered or not', async () => {
  const { verifier, state, token, secondsLater } = await signedIn();
  expect(nextOf(await verifier.verify(token))).toBe('none');
  await secondsLater(303);
  const next = nextOf(await verifier.verify(token));
  expect(next).toMatch(/\.2\./);
  const asked = state.questions;
  const answers = await Promise.all(Array.from({ length: 10 }, () => verifier.verify(token)));
  expect(new Set(answers.map(nextOf))).toEqual(new Set([next]));
  expect(state.questions).toBe(asked);
});

test('the next token is asked about and then remembered, in the place of the one before it', async () => {
  const { verifier, state, token, secondsLater } = await signedIn();
  await secondsLater(303);
  const next = nextOf(await verifier.verify(token));
  expect(nextOf(await verifier.verify(next))).toBe('none');
  const asked = state.questions;
  expect(nextOf(await verifier.verify(next))).toBe('none');
  expect(state.questions).toBe(asked);
  // a slower request, with the token before: the service hears of it, and what is remembered stays
  expect(nextOf(await verifier.verify(token))).toBe(next);
  expect(state.questions).toBe(asked + 1);
  await verifier.verify(next);
  expect(state.questions).toBe(asked + 1);
});

test('an outdated token ends the session, and the verifier forgets it', async () => {
  const { verifier, token, secondsLater } = await signedIn();
  await secondsLater(303);
  const next = nextOf(await verifier.verify(token));
  await verifier.verify(next);
  await secondsLater(31);
  expect((await verifier.verify(next)).active).toBe(true);
  const reuse = { active: false, code: 'session-ended', endReason: 'token-reuse', endedBy: 'service' };
  expect(await verifier.verify(token)).toEqual(reuse);
  expect(await verifier.verify(next)).toEqual(reuse);
});

test('the verifier’s own token rotates meanwhile', async () => {
  const { verifier, own, token, secondsLater } = await signedIn();
  for (let round = 0; round < 4; round += 1) {
    await secondsLater(303);
    expect((await verifier.verify(token)).active).toBe(true);
  }
  expect(parseToken((await own.read()) ?? '')?.number).toBe(3);
});
