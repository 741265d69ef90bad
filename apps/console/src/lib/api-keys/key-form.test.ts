import { expect, test } from 'vitest';
import { readKeyForm } from './key-form.ts';

const now = '2026-11-23T09:42:19.000Z';

function read(fields: Readonly<Record<string, string | readonly string[]>>) {
  const form = new FormData();
  for (const [name, values] of Object.entries(fields)) {
    for (const value of [values].flat()) form.append(name, value);
  }
  return readKeyForm(form, now);
}

test('reads what the form for a key sends', () => {
  const permissions = ['users:manage', 'audit:read'];
  const allowedNetworks = '10.0.0.0/8, 192.0.2.7\n2001:db8::/32 ';
  expect(read({ name: 'Nightly', permissions, allowedNetworks, days: '30' })).toEqual({
    request: {
      name: 'Nightly',
      permissions,
      allowedNetworks: ['10.0.0.0/8', '192.0.2.7/32', '2001:db8::/32'],
      expiresAt: '2026-12-23T09:42:19.000Z',
    },
  });
});

test('a key is good for ever, from anywhere, for nothing, where nothing else is said', () => {
  const request = { name: 'Nightly', permissions: [], allowedNetworks: [] };
  expect(read({ name: 'Nightly', days: '', allowedNetworks: '', userId: '' })).toEqual({ request });
  expect(read({ name: 'Nightly', days: '1000000' })).toEqual({ request });
});

test.each([
  [{ name: '' }, 'name'],
  [{ name: 'x', allowedNetworks: 'here' }, 'allowedNetworks'],
  [{ name: 'x', permissions: ['everything'] }, 'permissions'],
  [{ name: 'x', userId: 'me' }, 'userId'],
])('%j is refused, by the name of the field', (fields, wrong) => {
  expect(read(fields)).toEqual({ fields: { [wrong]: expect.any(String) } });
});
