import { describe, expect, test } from 'vitest';
import { AuditAction, AuditEvent, AuditEventListQuery, AuditOutcome } from './audit.ts';

const event = {
  eventId: 'c3c3c3c3-0000-4000-8000-000000000001',
  at: '2026-11-23T09:42:19.000Z',
  action: 'sign-in',
  outcome: 'refused',
};

test('an audit event says what happened and when; who, to whom and from where only as far as is known', () => {
  const who = { actorEmail: 'ada@example.com', ipAddress: '192.0.2.7', userAgent: '', reason: 'sign-in-failed' };
  expect(AuditEvent.parse(event)).toEqual(event);
  expect(AuditEvent.parse({ ...event, ...who })).toEqual({ ...event, ...who });
  expect(AuditEvent.safeParse({ ...event, action: 'coffee' }).success).toBe(false);
  expect(AuditEvent.safeParse({ ...event, outcome: 'perhaps' }).success).toBe(false);
});

test('what is recorded is every change, done or refused', () => {
  expect(AuditAction.options).toEqual(expect.arrayContaining(['sign-in', 'sign-out', 'termination', 'user-created']));
  expect(AuditAction.options).toEqual(expect.arrayContaining(['termination-confirmed', 'token-reuse', 'token-forged']));
  expect(AuditOutcome.options).toEqual(['success', 'refused']);
});

describe('the query of the audit trail', () => {
  test('is paged like a list of sessions', () => {
    expect(AuditEventListQuery.parse({})).toEqual({ page: 1, pageSize: 10, cursor: '' });
    expect(AuditEventListQuery.parse({ page: '1000000000', pageSize: '100' })).toMatchObject({
      page: 1e9,
      pageSize: 100,
    });
  });

  test('takes an instant in any spelling that has a zone, and an id in either case', () => {
    const id = 'c3c3c3c3-0000-4000-8000-000000000001';
    expect(AuditEventListQuery.parse({ since: '2026-11-23T09:42+01:00', session: id.toUpperCase() })).toMatchObject({
      since: '2026-11-23T08:42:00.000Z',
      session: id,
    });
  });

  test.for([
    { page: '0' },
    { page: '1.5' },
    { page: '0x10' },
    { page: '1e3' },
    { page: ' 1' },
    { page: '+1' },
    { page: '' },
    { page: '1000000001' },
    { pageSize: '0' },
    { pageSize: '-1' },
    { pageSize: '1.5' },
    { pageSize: '101' },
    { pageSize: ['10', '20'] },
    { search: 'ada' },
    { action: 'coffee' },
    { outcome: 'perhaps' },
    { email: 'a\u0000b' },
    { email: 'a'.repeat(255) },
    { session: 'c3c3c3c3' },
    { since: '2026-11-23' },
    { before: '2026-11-23T09:42' },
    { cursor: 'c3c3c3c3' },
    { cursor: '2026-11-23T09:42:19.000Z_c3c3c3c3-0000-4000-8000-000000000001', page: '2' },
  ])('refuses %j', (query) => {
    expect(AuditEventListQuery.safeParse(query).success).toBe(false);
  });
});
