import { describe, expect, test } from 'vitest';
import { impurities, schemaImports } from './purity.ts';
import { pathsOf, readText } from './repository.ts';

interface Configuration {
  compilerOptions: object;
}

const rules = pathsOf('packages/core/src/**/*.ts').filter((path) => !path.endsWith('.test.ts'));

describe('core', () => {
  test('is found', () => {
    expect(rules).toContain('packages/core/src/termination.ts');
    expect(rules).toContain('packages/core/src/schema/session.ts');
  });

  test('knows no clock, no chance and no network', () => {
    const reason =
      'time, randomness and I/O are parameters of core: only then can every rule be tested at every instant';
    expect(
      rules.flatMap((path) => impurities(path, readText(path))),
      reason,
    ).toEqual([]);
  });

  test('brings zod only with a schema', () => {
    const reason =
      'a page that uses a rule must not carry a validation library to the browser: import schemas with `import type` (docs/decisions/0002)';
    expect(
      rules.flatMap((path) => schemaImports(path, readText(path))),
      reason,
    ).toEqual([]);
  });

  test('is compiled without the types of Node.js and browsers', () => {
    const reason =
      'with `types: []` and nothing but the language in `lib`, fetch, process, crypto and timers do not compile in core';
    const own: Configuration = JSON.parse(readText('packages/core/tsconfig.json'));
    const base: Configuration = JSON.parse(readText('tsconfig.base.json'));
    expect({ ...base.compilerOptions, ...own.compilerOptions }, reason).toMatchObject({ types: [], lib: ['es2024'] });
  });
});

describe('the guard sees', () => {
  test.for([
    'const now = Date.now();',
    'const now = new Date();',
    'const now = new Date;',
    'const now = Date();',
    'const dice = Math.random();',
    "const answer = await fetch('/api');",
    "import { readFileSync } from 'node:fs';",
    "import type { Stats } from 'fs';",
    "import { Hono } from 'hono';",
  ])('%s', (line) => {
    expect(impurities('packages/core/src/rule.ts', `\n${line}`)).toMatchObject([expect.stringContaining('rule.ts:2 ')]);
  });

  test.for([
    "import * as z from 'zod';",
    "import { Session } from './schema/session.ts';",
    "import { type Session } from './schema/session.ts';",
    "export * from './schema/session.ts';",
  ])('%s', (line) => {
    expect(schemaImports('packages/core/src/rule.ts', line)).toHaveLength(1);
  });

  test('nothing wrong with what is pure', () => {
    const pure = `
      // Date.now() and new Date() are for others
      import ipaddr from 'ipaddr.js';
      import { other } from './other.ts';
      import type { Session } from './schema/session.ts';
      const at = new Date(0).toISOString() + Date.parse('2026-11-23T00:00:00Z') + Math.max(1, 2) + 'Math.random()';
    `;
    expect(impurities('packages/core/src/rule.ts', pure)).toEqual([]);
    expect(schemaImports('packages/core/src/rule.ts', pure)).toEqual([]);
    expect(
      schemaImports(
        'packages/core/src/schema/user.ts',
        "import * as z from 'zod'; import { Email } from './email.ts';",
      ),
    ).toEqual([]);
  });
});
