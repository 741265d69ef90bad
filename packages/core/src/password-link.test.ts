import { expect, test } from 'vitest';
import { parsePasswordLink, writePasswordLink } from './password-link.ts';

const parts = {
  organizationId: '01a207c8-f078-7404-83dc-e75fd24bfbbd',
  userId: '01a207c8-f078-7404-83dc-e75fd24bfbbe',
  secret: `${'aB3_-'.repeat(8)}xyA`,
};
const text = writePasswordLink(parts);

test('what was written is read again', () => {
  expect(parsePasswordLink(text)).toEqual(parts);
});

test.for([
  '',
  text.slice(0, -1),
  `${text}A`,
  `${text}\n`,
  ` ${text}`,
  text.toUpperCase(),
  text.replace('rcl_', 'rct_'),
  text.replace(/A$/, 'B'),
  text.replaceAll('.', ':'),
])('anything else is none: %j', (malformed) => {
  expect(parsePasswordLink(malformed)).toBeUndefined();
});
