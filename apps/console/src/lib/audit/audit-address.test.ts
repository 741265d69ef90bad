import { expect, test } from 'vitest';
import { readAuditView, settled } from '../server/audit-query.ts';
import { type AuditView, auditAddress, eventsOfSessionAddress, requestOf, usualAuditView } from './audit-address.ts';

const session = '0190f2f0-7c1e-7aaa-8bbb-00000000000b';
const narrowed: AuditView = {
  ...usualAuditView,
  ...{ action: 'sign-in', outcome: 'refused', email: 'ada@example.com', session },
  ...{ since: '2026-11-23T09:42:19.000Z', before: '2026-11-24T00:00:00.000Z' },
};

function read(address: string) {
  return readAuditView(new URL(address, 'http://localhost').searchParams);
}

test('what is as usual is not written', () => {
  expect(auditAddress(usualAuditView)).toBe('/system/audit');
  expect(eventsOfSessionAddress(session)).toBe(`/system/audit?session=${session}`);
});

test('reads what it writes', () => {
  const view = { ...narrowed, page: 3, pageSize: 50, cursor: `2026-11-23T09:42:19.000Z_${session}` };
  expect(read(auditAddress(view, { page: view.page, cursor: view.cursor }))).toEqual(view);
});

test('what narrows the trail leads to its first page', () => {
  const view = { ...usualAuditView, page: 3, cursor: `2026-11-23T09:42:19.000Z_${session}` };
  expect(read(auditAddress(view, { email: 'ada@example.com' }))).toEqual({
    ...usualAuditView,
    email: 'ada@example.com',
  });
});

test.each(['action=coffee', 'outcome=perhaps', 'session=x', 'since=yesterday', 'page=0', 'cursor=x', 'email='])(
  'drops what is wrong: %s',
  (query) => {
    expect(read(`/?${query}`)).toEqual(usualAuditView);
  },
);

test('after a cursor pages are not counted', () => {
  expect(requestOf({ ...usualAuditView, page: 3 })).toEqual({ page: 3, pageSize: 20 });
  expect(requestOf({ ...narrowed, page: 3, cursor: 'c' })).toEqual({
    ...{ action: 'sign-in', outcome: 'refused', email: 'ada@example.com', session },
    ...{ since: '2026-11-23T09:42:19.000Z', before: '2026-11-24T00:00:00.000Z', pageSize: 20, cursor: 'c' },
  });
});

test('what a form wrote becomes an address that others understand', () => {
  const written = new URLSearchParams({ action: '', email: 'ada@example.com', since: '2026-11-23T09:42', before: '' });
  const better = settled(written, 'Asia/Kolkata') ?? written;
  expect(Object.fromEntries(better)).toEqual({ email: 'ada@example.com', since: '2026-11-23T04:12:00.000Z' });
  expect(settled(better, 'Asia/Kolkata')).toBeUndefined();
});
