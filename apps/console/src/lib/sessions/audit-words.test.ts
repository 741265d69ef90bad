import type { AuditEvent } from '@rollcall/core/schema/audit';
import { expect, test } from 'vitest';
import { writeEvent } from './audit-words.ts';

const at = '2026-11-23T09:40:00.000Z';

test.for<[Partial<AuditEvent>, string]>([
  [
    { action: 'sign-in', actorEmail: 'ada@example.com', ipAddress: '192.0.2.7' },
    'Signed in by ada@example.com from 192.0.2.7',
  ],
  [{ action: 'session-ended', details: { endReason: 'idle-timeout' } }, 'Ended (idle for too long)'],
  [{ action: 'session-ended', details: { endReason: 'something new' } }, 'Ended'],
  [{ action: 'termination', outcome: 'refused', reason: 'forbidden' }, 'Termination refused: not permitted'],
  [{ action: 'view-saved' }, 'Saving of a view'],
])('%j: %s', ([about, words]) => {
  expect(writeEvent({ eventId: 'x', at, action: 'sign-in', outcome: 'success', ...about })).toBe(words);
});
