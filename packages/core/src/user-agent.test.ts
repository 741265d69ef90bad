import fc from 'fast-check';
import { expect, test } from 'vitest';
import { UserAgent } from './schema/session.ts';
import { plainUserAgent } from './user-agent.ts';

test.for([
  ['Mozilla/5.0 (X11; Linux x86_64)', 'Mozilla/5.0 (X11; Linux x86_64)'],
  ['  curl/8\t\r\n', 'curl/8'],
  ['a\u0000b\u001b[2Jc\u202Ed', 'ab[2Jcd'],
  ['a\u2028b\u2029c', 'abc'],
  ['é ☃ 😀', 'é ☃ 😀'],
  [`${'x'.repeat(511)}😀`, 'x'.repeat(511)],
] as const)('of %j remains %j', ([said, kept]) => {
  expect(plainUserAgent(said)).toBe(kept);
});

test('whatever a client says, what remains fits the schema', () => {
  const said = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ minLength: 600, maxLength: 2000 }));
  fc.assert(
    fc.property(said, (text) => {
      expect(UserAgent.safeParse(plainUserAgent(text)).success).toBe(true);
    }),
  );
});
