import { describe, expect, test } from 'vitest';
import { wrongWay } from './dependencies.ts';
import { pathsOf, readText } from './repository.ts';

test('dependencies point one way: console to sdk to core, server to core', () => {
  const reason =
    'what the parts know of each other is openapi.json; an import of the server would tie the published client and the console to its code (ARCHITECTURE.md)';
  const modules = pathsOf('{packages,apps}/**/*.{ts,svelte}');
  expect(modules).toEqual(expect.arrayContaining(['apps/server/src/app.ts', 'packages/sdk/src/index.ts']));
  expect(
    modules.flatMap((path) => wrongWay(path, readText(path))),
    reason,
  ).toEqual([]);
});

describe('the guard sees', () => {
  test.for([
    ['packages/core/src/rule.ts', '@rollcall/sdk'],
    ['packages/core/src/rule.test.ts', '@rollcall/server'],
    ['packages/core/src/rule.ts', '../../../apps/server/src/app.ts'],
    ['packages/sdk/src/client.ts', '@rollcall/server'],
    ['packages/sdk/src/client.ts', '@rollcall/console'],
    ['packages/sdk/test/client.ts', '@rollcall/e2e/rollcall'],
    ['apps/server/src/app.ts', '@rollcall/sdk'],
    ['apps/server/src/app.test.ts', '@rollcall/console'],
    ['apps/server/src/app.ts', '../../console/build/handler.js'],
    ['apps/console/src/lib/client.ts', '@rollcall/server'],
    ['apps/console/src/lib/client.test.ts', '@rollcall/server'],
    ['apps/console/src/hooks.server.ts', '../../server/src/app.ts'],
    ['apps/console/src/hooks.server.ts', '@rollcall/e2e/rollcall'],
    ['apps/console/src/hooks.server.ts', '../../../e2e/src/rollcall.ts'],
  ] as const)('that %s imports %s', ([path, from]) => {
    expect(wrongWay(path, `import type { x } from '${from}';`)).toEqual([`${path}:1 imports ${from}`]);
  });

  test.for([
    ['packages/core/src/rule.ts', './schema/session.ts'],
    ['packages/sdk/src/client.ts', '@rollcall/core/session-list'],
    ['packages/sdk/src/client.test.ts', '@rollcall/server'],
    ['packages/sdk/test/service.ts', '../../../apps/server/src/app.ts'],
    ['apps/server/src/app.ts', '@rollcall/core/token'],
    ['apps/console/src/lib/client.ts', '@rollcall/sdk'],
    ['apps/console/src/lib/Row.svelte.ts', '@rollcall/core/duration'],
    ['apps/console/src/lib/client.ts', 'bits-ui'],
    ['apps/console/src/lib/client.ts', '#lib/shell/title.ts'],
    ['apps/console/vitest.config.ts', '@rollcall/e2e/chromium'],
    ['e2e/src/rollcall.ts', '@rollcall/server'],
  ] as const)('nothing wrong with %s importing %s', ([path, from]) => {
    expect(wrongWay(path, `import { x } from '${from}';`)).toEqual([]);
  });
});
