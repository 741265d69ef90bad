import { expect, test } from 'vitest';
import { ClientAddress } from './client-address.ts';

test('says of every hop where it was written and what became of it', () => {
  const hop = { written: '192.0.2.7', source: 'connection', verdict: 'client' };
  const answer = { ipAddress: '192.0.2.7', hops: [hop], trustedProxies: [] };
  expect(ClientAddress.parse(answer)).toEqual(answer);
  expect(ClientAddress.safeParse({ ...answer, hops: [{ ...hop, verdict: 'maybe' }] }).success).toBe(false);
});
