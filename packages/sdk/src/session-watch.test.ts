import { expect, test } from 'vitest';
import { clientOf, problem, problemAnswer, statistics, tokenOf } from '../test/client.ts';
import { memoryTokenStore, type RollcallError } from './index.ts';

const over = { ...problem, status: 401, code: 'session-ended', endReason: 'terminated', endedBy: 'administrator' };

test('twenty requests that find their session ended tell it once, and why', async () => {
  const told: RollcallError[] = [];
  const { rollcall } = clientOf(() => problemAnswer(over), { token: tokenOf(1), onSessionEnded: (e) => told.push(e) });
  const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => rollcall.statistics()));
  expect(outcomes.every(({ status }) => status === 'rejected')).toBe(true);
  expect(told).toMatchObject([{ code: 'session-ended', endReason: 'terminated', endedBy: 'administrator' }]);
});

test('the end of a later session is told again, a wrong password and an outage never', async () => {
  const told: string[] = [];
  const answers = [
    { ...over, code: 'sign-in-failed' },
    { ...over, status: 503, code: 'unavailable' },
    over,
    { ...over, code: 'unauthenticated' },
  ];
  const tokens = memoryTokenStore(tokenOf(1));
  const { rollcall } = clientOf(() => problemAnswer(answers.shift() ?? over), {
    tokens,
    onSessionEnded: ({ code }) => told.push(code),
  });
  for (let request = 0; request < 4; request += 1) await rollcall.statistics().catch(() => {});
  expect(told).toEqual(['session-ended']);
  await tokens.write(tokenOf(1, 2));
  await rollcall.statistics().catch(() => {});
  expect(told).toEqual(['session-ended', 'session-ended']);
});

test('with a cookie it is told anew after a request that succeeded', async () => {
  let isOver = true;
  let told = 0;
  const { rollcall } = clientOf(() => (isOver ? problemAnswer(over) : Response.json(statistics)), {
    onSessionEnded: () => {
      told += 1;
    },
  });
  for (const ended of [true, true, false, true]) {
    isOver = ended;
    await rollcall.statistics().catch(() => {});
  }
  expect(told).toBe(2);
});
