import { expect, test } from 'vitest';
import { problems } from '../problem.ts';
import { Problem, ProblemCode } from './problem.ts';

const problem = {
  type: 'https://rollcall.test/api/docs/problems#invalid',
  title: problems.invalid.title,
  status: 400,
  code: 'invalid',
  detail: 'pageSize: must be at most 100',
  traceId: '0190a1b2',
};

test('every code of the list travels, and no other', () => {
  expect(ProblemCode.options).toEqual(Object.keys(problems));
  expect(ProblemCode.safeParse('teapot').success).toBe(false);
});

test('a problem names the members that are wrong, if any are, wherever they stood', () => {
  const errors = ['body', 'query', 'path', 'header'].map((part) => ({ in: part, field: 'x', message: 'is wrong' }));
  expect(Problem.parse({ ...problem, errors })).toEqual({ ...problem, errors });
  expect(Problem.parse(problem)).toEqual(problem);
  expect(Problem.safeParse({ ...problem, errors: [{ in: 'cookie', field: 'x', message: 'y' }] }).success).toBe(false);
});

test('a problem without its code or the id of its request is none', () => {
  for (const member of ['code', 'traceId']) {
    expect(Problem.safeParse({ ...problem, [member]: undefined }).error?.issues[0]?.path).toEqual([member]);
  }
});
