import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { problems } from '../src/problem.ts';
import { problemsFile, problemsPage } from './problems-page.ts';

test('docs/problems.md is up to date', () => {
  const message = 'docs/problems.md is stale: run `pnpm --filter @rollcall/core problems` and commit it';
  expect(readFileSync(problemsFile, 'utf8'), message).toBe(problemsPage());
});

test('every code has a section under its own name, with status, title and advice', () => {
  const sections = problemsPage().split(/^## /m).slice(1);
  expect(sections.map((section) => section.split('\n', 1)[0])).toEqual(Object.keys(problems));
  for (const [index, { status, title, advice }] of Object.values(problems).entries()) {
    expect(sections[index]).toContain(`**${status}** ${title}.\n\n${advice}\n`);
  }
});

test('what to do is said in sentences, and differs from problem to problem', () => {
  const advice = Object.values(problems).map((problem): string => problem.advice);
  expect(new Set(advice).size).toBe(advice.length);
  for (const text of advice) expect(text).toMatch(/^\p{Lu}.*\.$/u);
});
