import { expect, test } from 'vitest';
import { startPageOf } from './start-page.ts';

test.each([
  [['users:manage', 'audit:read'], '/system/user-sessions'],
  [['audit:read'], '/system/audit'],
  [['integrations:manage', 'audit:read'], '/system/api-keys'],
  [['sessions:verify'], '/account'],
  [[], '/account'],
] as const)('%j begins at %s', (permissions, page) => {
  expect(startPageOf({ permissions: [...permissions] })).toBe(page);
});
