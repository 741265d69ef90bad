import { expect, test } from 'vitest';
import { localPath } from './local-path.ts';

test.each(['/', '/system', '/system/users?search=a%20b&page=2', '/a//b', '/@evil.test', '/a?next=https://evil.test'])(
  '%j is a path of the site',
  (text) => {
    expect(localPath(text)).toBe(text);
  },
);

test.each([
  '',
  'system',
  '//evil.test',
  '///evil.test',
  '/\\evil.test',
  '/a\\b',
  '\\/evil.test',
  '/\t/evil.test',
  '/\n/evil.test',
  ' /system',
  '/a b',
  '/é',
  'https://evil.test',
  'javascript:alert(1)',
  '/\u0000',
  '/\ud800',
])('%j is not', (text) => {
  expect(localPath(text)).toBeUndefined();
});
