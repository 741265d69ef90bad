import { describe, expect, test } from 'vitest';
import { isWritten } from './files.ts';
import { filesOf } from './repository.ts';

test('between the sources lies nothing that was not written', () => {
  const reason = 'what is built belongs into dist or build, what a run leaves behind into the temporary directory';
  const files = filesOf('{packages,apps,e2e,bench,conventions,scripts,examples}/**');
  expect(files).toContain('packages/core/src/termination.ts');
  expect(
    files.filter((path) => !isWritten(path)),
    reason,
  ).toEqual([]);
});

describe('the guard sees', () => {
  test.for([
    'apps/server/src/database/embedded/database-template/base/1/2618',
    'apps/server/src/database/embedded/database-template/PG_VERSION',
    'apps/server/src/main.js',
    'bench/heap.heapsnapshot',
  ])('%s', (path) => {
    expect(isWritten(path)).toBe(false);
  });
});
