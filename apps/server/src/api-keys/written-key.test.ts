import { expect, test } from 'vitest';
import { parseKey, writeKey } from './written-key.ts';

const parts = {
  organizationId: '01a207c8-f078-7404-83dc-e75fd24bfbbd',
  keyId: '01a207c8-f078-7404-83dc-e75fd24bfbbe',
  secret: `${'aB3_-'.repeat(8)}xyA`,
};

test('a key is written as the page about keys says', () => {
  const key = writeKey(parts);
  expect(key).toBe(`rck_${parts.organizationId}.${parts.keyId}.${parts.secret}.caea5c4a`);
  expect(parseKey(key)).toEqual(parts);
});

test('one wrong character anywhere makes it none', () => {
  const key = writeKey(parts);
  for (let place = 0; place < key.length; place += 1) {
    const other = key[place] === 'a' ? 'b' : 'a';
    expect(parseKey(key.slice(0, place) + other + key.slice(place + 1))).toBeUndefined();
  }
});
