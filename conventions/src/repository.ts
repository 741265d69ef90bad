/** The files that people wrote: everything but what is installed, built or left behind by a run. */
import { globSync, readFileSync, statSync } from 'node:fs';
import { basename, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const notWritten = new Set([
  ...['node_modules', 'dist', 'build', 'data', 'coverage'],
  ...['.git', '.svelte-kit', '.turbo', '.cache', '.vite-temp', 'test-results', 'playwright-report'],
]);

/** Paths from the root, with slashes, of all files and folders that match a pattern. */
export function pathsOf(pattern: string): string[] {
  return globSync(pattern, { cwd: root, exclude: (path) => notWritten.has(basename(path)) })
    .map((path) => path.replaceAll(sep, '/'))
    .sort((a, b) => a.localeCompare(b));
}

/** The same, without the folders. */
export function filesOf(pattern: string): string[] {
  return pathsOf(pattern).filter((path) => statSync(`${root}${path}`).isFile());
}

export function readText(path: string): string {
  return readFileSync(`${root}${path}`, 'utf8');
}
