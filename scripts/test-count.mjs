// How many tests passed and failed, from the reports of the runners.

/** From vitest's JSON report. A file that could not even be loaded has no tests: it counts as one that failed. */
export function countOfVitest({ numPassedTests, numFailedTests, testResults, success }) {
  const unloadable = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.every((test) => test.status !== 'failed'),
  ).length;
  const failed = numFailedTests + unloadable;
  return { passed: numPassedTests, failed: success ? failed : Math.max(failed, 1) };
}

/** From Playwright's JSON report. One that only passed when it was tried again has passed. */
export function countOfPlaywright({ stats, errors }) {
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected + errors.length };
}

/**
 * The sum over all runners. One without a report has ended before it could write any, and a run that fails without a failing test (a
 * lint, a type, a build) fails nevertheless.
 */
export function totalOf(counts, exitCode) {
  const passed = counts.reduce((sum, count) => sum + (count?.passed ?? 0), 0);
  const failed = counts.reduce((sum, count) => sum + (count?.failed ?? 1), 0);
  return { passed, failed: exitCode === 0 ? failed : Math.max(failed, 1) };
}
