import { expect, test } from 'vitest';
import { countOfPlaywright, countOfVitest, totalOf } from './test-count.mjs';

const passing = { status: 'passed', assertionResults: [{ status: 'passed' }, { status: 'skipped' }] };
const failing = { status: 'failed', assertionResults: [{ status: 'passed' }, { status: 'failed' }] };
const unloadable = { status: 'failed', assertionResults: [] };

test.each([
  ['all is well', { numPassedTests: 3, numFailedTests: 0, testResults: [passing], success: true }, 3, 0],
  ['a test fails', { numPassedTests: 3, numFailedTests: 1, testResults: [passing, failing], success: false }, 3, 1],
  [
    'a file does not load',
    { numPassedTests: 3, numFailedTests: 1, testResults: [failing, unloadable], success: false },
    3,
    2,
  ],
  [
    'an error outside of any test',
    { numPassedTests: 3, numFailedTests: 0, testResults: [passing], success: false },
    3,
    1,
  ],
])('vitest: %s', (_, report, passed, failed) => {
  expect(countOfVitest(report)).toEqual({ passed, failed });
});

test.each([
  ['all is well', { stats: { expected: 4, unexpected: 0, flaky: 1, skipped: 2 }, errors: [] }, 5, 0],
  ['a test fails', { stats: { expected: 4, unexpected: 2, flaky: 0, skipped: 0 }, errors: [] }, 4, 2],
  ['an error outside of any test', { stats: { expected: 0, unexpected: 0, flaky: 0, skipped: 0 }, errors: [{}] }, 0, 1],
])('Playwright: %s', (_, report, passed, failed) => {
  expect(countOfPlaywright(report)).toEqual({ passed, failed });
});

test.each([
  [
    'all is well',
    [
      { passed: 2, failed: 0 },
      { passed: 3, failed: 0 },
    ],
    0,
    { passed: 5, failed: 0 },
  ],
  [
    'tests fail',
    [
      { passed: 2, failed: 1 },
      { passed: 3, failed: 2 },
    ],
    1,
    { passed: 5, failed: 3 },
  ],
  ['a runner ended without a report', [{ passed: 2, failed: 0 }, undefined], 1, { passed: 2, failed: 1 }],
  ['a runner never ran and nobody noticed', [{ passed: 2, failed: 0 }, undefined], 0, { passed: 2, failed: 1 }],
  ['something else failed', [{ passed: 2, failed: 0 }], 1, { passed: 2, failed: 1 }],
])('total: %s', (_, counts, exitCode, expected) => {
  expect(totalOf(counts, exitCode)).toEqual(expected);
});
