/** What zod finds wrong with a request, told member by member. */
import type { Hook } from '@hono/zod-openapi';
import type { FieldProblem } from '@rollcall/core/schema/problem';
import type * as z from 'zod';
import type { Env } from './api.ts';
import { invalid } from './problem.ts';

const parts: Readonly<Record<string, FieldProblem['in']>> = {
  json: 'body',
  query: 'query',
  param: 'path',
  header: 'header',
};

/** For every route: what does not fit its schemas is refused. */
export const refuseInvalid: Hook<unknown, Env, string, void> = (result) => {
  if (result.success) return;
  const part = parts[result.target] ?? 'body';
  const [first, ...others] = result.error.issues.flatMap((issue) => fieldProblems(part, issue));
  if (first) throw invalid([first, ...others]);
};

function fieldProblems(part: FieldProblem['in'], issue: z.core.$ZodIssue): FieldProblem[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ in: part, field: fieldOf([...issue.path, key]), message: 'is not known here' }));
  }
  return [{ in: part, field: fieldOf(issue.path), message: issue.message }];
}

function fieldOf(path: readonly PropertyKey[]): string {
  return path.map(String).join('.');
}
