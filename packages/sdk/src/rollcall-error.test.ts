import { problems } from '@rollcall/core/problem';
import { expect, expectTypeOf, test } from 'vitest';
import { clientOf, failureOf, problem, problemAnswer } from '../test/client.ts';
import { type Problem, type ProblemCode, RollcallError, type RollcallErrorCode } from './index.ts';

test('says all that a problem document says', async () => {
  const errors = [{ in: 'query', field: 'page', message: 'must be at least 1' }];
  const body = { ...problem, errors, endReason: 'terminated' };
  const failure = await failureOf(clientOf(() => problemAnswer(body, { 'retry-after': '7' })).rollcall.whoAmI());
  const { type: _, ...told } = body;
  expect(failure).toMatchObject({ ...told, retryAfter: 7, name: 'RollcallError' });
  expect(failure.message).toBe('The session is not active: It ended a minute ago.');
});

test('knows nothing of what a problem document leaves out', async () => {
  const failure = await failureOf(clientOf(() => problemAnswer()).rollcall.whoAmI());
  expect(failure).toMatchObject({ errors: undefined, endReason: undefined, retryAfter: undefined });
});

test('a code that is newer than the client is told as such, with what it says', async () => {
  const newer = { ...problem, code: 'too-many-webhooks', status: 422 };
  const failure = await failureOf(clientOf(() => problemAnswer(newer)).rollcall.whoAmI());
  expect(failure).toMatchObject({ code: 'unknown-problem', status: 422, title: problem.title });
});

test.each([
  ['0', 0],
  ['120', 120],
  ['', undefined],
  ['-1', undefined],
  ['1e3', undefined],
  ['Mon, 23 Nov 2026 09:42:19 GMT', undefined],
])('Retry-After: %s is %s seconds', async (text, seconds) => {
  const { rollcall } = clientOf(() => problemAnswer(problem, { 'retry-after': text }));
  expect((await failureOf(rollcall.whoAmI())).retryAfter).toBe(seconds);
});

test.each(Object.keys(problems))('knows %s', async (code) => {
  expect((await failureOf(clientOf(() => problemAnswer({ ...problem, code })).rollcall.whoAmI())).code).toBe(code);
});

test('the codes are a closed list: the service’s and the client’s own', () => {
  expectTypeOf<RollcallError['code']>().toEqualTypeOf<RollcallErrorCode>();
  expectTypeOf<Problem['code']>().toEqualTypeOf<ProblemCode>();
  type Own = 'network' | 'timeout' | 'aborted' | 'not-json' | 'unknown-problem';
  expectTypeOf<Exclude<RollcallErrorCode, ProblemCode>>().toEqualTypeOf<Own>();
  expect(new RollcallError({ code: 'network', title: 'a', detail: 'b' }).code).toBe('network');
});
