// Ends .ci/run: `N passed, N failed`. Its argument is the exit code of the run.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './bootstrap.mjs';
import { countOfPlaywright, countOfVitest, totalOf } from './test-count.mjs';

const counts = [
  countOf('test-results/unit.json', countOfVitest),
  countOf('e2e/test-results/report.json', countOfPlaywright),
];
const { passed, failed } = totalOf(counts, Number(process.argv[2]));
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

function countOf(report, count) {
  const path = join(root, report);
  return existsSync(path) ? count(JSON.parse(readFileSync(path, 'utf8'))) : undefined;
}
