import { describe, expect, test } from 'vitest';
import { isNamedByKind } from './names.ts';
import { pathsOf } from './repository.ts';

test('files and folders are named after what they are about', () => {
  const reason =
    'utils, helpers, common, misc, types, managers and services collect what has no name yet: say what it is in words of the domain (CONTRIBUTING.md)';
  const paths = pathsOf('{packages,apps,e2e,bench,conventions,scripts}/**');
  expect(paths).toContain('packages/core/src/termination.ts');
  expect(paths.filter(isNamedByKind), reason).toEqual([]);
});

describe('the guard sees', () => {
  test.for([
    'packages/core/src/utils.ts',
    'packages/core/src/utils/text.ts',
    'apps/console/src/lib/helpers',
    'apps/console/src/lib/common/Button.svelte',
    'apps/server/src/misc.test.ts',
    'packages/sdk/src/types.ts',
    'packages/sdk/src/types.d.ts',
    'apps/server/src/sessions/session-manager.ts',
    'apps/server/src/sessions/session.service.ts',
    'apps/server/src/sessions/test-helpers.ts',
    'apps/server/src/Service.ts',
  ])('%s', (path) => {
    expect(isNamedByKind(path)).toBe(true);
  });

  test.for([
    'packages/core/src/termination.ts',
    'apps/server/src/database/column-types.ts',
    'apps/server/src/users/service-account.ts',
    'apps/server/src/commands/common-name.ts',
    'apps/console/src/lib/time/time.svelte.ts',
  ])('nothing wrong with %s', (path) => {
    expect(isNamedByKind(path)).toBe(false);
  });
});
