/** Dependencies point one way: console -> sdk -> core, server -> core. */
import { posix } from 'node:path';
import { importsOf } from './imports.ts';

interface Workspace {
  readonly folder: string;
  readonly name: string;
  /** What its code may import of the others. */
  readonly mayImport: readonly string[];
  /** What its tests may import beyond that. */
  readonly testsMayImport: readonly string[];
}

// e2e, bench and conventions look at everything, and nothing is built on them.
const workspaces: readonly Workspace[] = [
  { folder: 'packages/core', name: '@rollcall/core', mayImport: [], testsMayImport: [] },
  {
    folder: 'packages/sdk',
    name: '@rollcall/sdk',
    mayImport: ['@rollcall/core'],
    testsMayImport: ['@rollcall/server'],
  },
  { folder: 'apps/server', name: '@rollcall/server', mayImport: ['@rollcall/core'], testsMayImport: [] },
  {
    folder: 'apps/console',
    name: '@rollcall/console',
    mayImport: ['@rollcall/sdk', '@rollcall/core'],
    testsMayImport: ['@rollcall/e2e'],
  },
];

/** Where a file imports from a part of the house that it must not know, by name or by path. */
export function wrongWay(path: string, text: string): string[] {
  const home = workspaces.find(({ folder }) => path.startsWith(`${folder}/`));
  if (!home) return [];
  const allowed = new Set([home.name, ...home.mayImport, ...(isTest(path, home.folder) ? home.testsMayImport : [])]);
  return importsOf(path, text)
    .filter(({ from }) => !allowed.has(partOf(path, from) ?? home.name))
    .map(({ from, line }) => `${path}:${line} imports ${from}`);
}

// Types count as well: whoever knows a type changes with it.
function partOf(path: string, from: string): string | undefined {
  if (!from.startsWith('.')) return /^@rollcall\/[^/]+/.exec(from)?.[0];
  const target = posix.join(posix.dirname(path), from);
  return workspaces.find(({ folder }) => target.startsWith(`${folder}/`))?.name ?? target;
}

// A workspace ships its src; what stands beside it configures and tests.
function isTest(path: string, folder: string): boolean {
  return path.endsWith('.test.ts') || !path.startsWith(`${folder}/src/`);
}
