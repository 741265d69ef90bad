import { expect, test } from 'vitest';
import { ApiKeyRequest } from './api-key.ts';

test('a key needs a name, and may nothing from anywhere unless it says otherwise', () => {
  expect(ApiKeyRequest.parse({ name: ' Nightly ' })).toEqual({ name: 'Nightly', permissions: [], allowedNetworks: [] });
});

test('networks are kept in one spelling', () => {
  const allowedNetworks = ['10.1.2.3/8', '192.0.2.7', '2001:DB8::1', '::ffff:10.0.0.0/104'];
  const canonical = ['10.0.0.0/8', '192.0.2.7/32', '2001:db8::1/128', '10.0.0.0/8'];
  expect(ApiKeyRequest.parse({ name: 'x', allowedNetworks }).allowedNetworks).toEqual(canonical);
});

test.for([
  {},
  { name: '' },
  { name: 'x'.repeat(81) },
  { name: 'x', allowedNetworks: ['10.0.0.0/99'] },
  { name: 'x', allowedNetworks: ['localhost'] },
  { name: 'x', allowedNetworks: [''] },
  { name: 'x', expiresAt: 'tomorrow' },
  { name: 'x', permissions: ['everything'] },
  { name: 'x', secret: 'y' },
])('is refused: %j', (wrong) => {
  expect(ApiKeyRequest.safeParse(wrong).success).toBe(false);
});
