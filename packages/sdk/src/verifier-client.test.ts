import { ReportedClient } from '@rollcall/core/schema/authentication';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { reportedClient } from './verifier-client.ts';

const userAgent = 'phone/1.0';

test.for([
  ['192.0.2.7', '192.0.2.7'],
  ['2001:DB8::1', '2001:DB8::1'],
  ['::ffff:192.0.2.7', '::ffff:192.0.2.7'],
  ['fe80::1%eth0', 'fe80::1'],
] as const)('%s is reported as %s', ([ipAddress, reported]) => {
  expect(reportedClient({ ipAddress, userAgent })).toEqual({ ipAddress: reported, userAgent });
});

test.for([
  undefined,
  '',
  'unknown',
  'localhost',
  '192.0.2',
  '192.0.2.256',
  '192.0.2.07',
  '192.0.2.7:80',
  '[::1]',
  ':::',
])('%s is no address, and nothing is reported', (ipAddress) => {
  expect(reportedClient({ ipAddress, userAgent })).toBeUndefined();
});

test('a client that says nothing of itself is reported by its address', () => {
  expect(reportedClient({ ipAddress: '192.0.2.7' })).toEqual({ ipAddress: '192.0.2.7', userAgent: '' });
});

test('whatever a framework says, the service takes what is reported', () => {
  const addresses = fc.oneof(fc.ipV4(), fc.ipV6(), fc.string(), fc.stringMatching(/^[\da-f:.]{2,30}$/));
  fc.assert(
    fc.property(addresses, fc.string({ unit: 'binary', maxLength: 700 }), (ipAddress, said) => {
      const reported = reportedClient({ ipAddress, userAgent: said });
      expect(ReportedClient.optional().safeParse(reported).success).toBe(true);
    }),
    { numRuns: 2000 },
  );
});
