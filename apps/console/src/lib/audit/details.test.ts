import { AuditAction, type AuditEvent } from '@rollcall/core/schema/audit';
import { SignOnError } from '@rollcall/core/schema/single-sign-on';
import { expect, test } from 'vitest';
import { type Fact, factsOf } from './details.ts';
import { actionGroups } from './words.ts';

const at = '2026-11-23T09:40:00.000Z';

test.for<[Partial<AuditEvent>, Fact[]]>([
  [{}, []],
  [{ outcome: 'refused', reason: 'sign-in-failed' }, [['Because', 'The credentials are wrong']]],
  [{ outcome: 'refused', reason: 'something-new' }, [['Because', 'something-new']]],
  [{ action: 'session-ended', details: { endReason: 'idle-timeout' } }, [['Why', 'Idle for too long']]],
  [
    {
      action: 'settings-changed',
      details: {
        before: { idleTimeoutSeconds: null, sessionLimit: 3, retentionDays: 30 },
        after: { idleTimeoutSeconds: 3600, sessionLimit: null, retentionDays: 30 },
      },
    },
    [
      ['Idle time-out in seconds', 'the service’s own → 3,600'],
      ['Sessions at a time', '3 → the service’s own'],
    ],
  ],
  [
    { action: 'token-reuse', details: { number: 2, confirmedFrom: { ipAddress: '192.0.2.7', at } } },
    [
      ['Number of the presented token', '2'],
      ['Current token confirmed from', '192.0.2.7'],
      ['Current token confirmed at', '2026-11-23 15:10:00'],
    ],
  ],
  [
    { action: 'key-created', details: { permissions: ['audit:read'], allowedNetworks: [], isShared: false } },
    [
      ['Permissions', 'Read the audit trail'],
      ['Only from', 'None'],
      ['Shared with everybody', 'No'],
    ],
  ],
  [{ details: { requestIds: ['1', '2', '3', '4', '5', '6'] } }, [['Sessions', '1, 2, 3, 4, 5 and 1 more']]],
  [
    { action: 'user-changed', outcome: 'refused', details: { change: 'rights' } },
    [['Wanted', 'Another role or other permissions']],
  ],
  [{ reason: 'sign-in-failed', details: { because: 'address' } }, [['Because', 'Not from where the key can be used']]],
  [
    { action: 'sessions-exported', details: { format: 'csv', status: 'all', sort: '-createdAt' } },
    [
      ['Format', 'CSV'],
      ['Status', 'All'],
      ['Order', 'Newest first'],
    ],
  ],
  [
    { action: 'view-saved', details: { name: 'expired', search: 'all' } },
    [
      ['Name', 'expired'],
      ['Search', 'all'],
    ],
  ],
  [{ details: { somethingNew: 'constructor', search: '' } }, [['somethingNew', 'constructor']]],
])('%j', ([about, facts]) => {
  expect(factsOf({ eventId: 'x', at, action: 'sign-in', outcome: 'success', ...about }, 'Asia/Kolkata')).toEqual(facts);
});

test('every action is offered to choose from, once', () => {
  expect(actionGroups.flatMap(([, actions]) => actions).toSorted()).toEqual(AuditAction.options.toSorted());
});

test('every reason why nobody came in through the provider has words', () => {
  const facts = SignOnError.options.flatMap((because) => factsOf(eventWith({ because }), 'UTC'));
  expect(facts.map(([, words]) => words).filter((words) => /^[a-z-]+$/.test(words))).toEqual([]);
});

function eventWith(details: AuditEvent['details']): AuditEvent {
  return { eventId: 'x', at, action: 'sign-in', outcome: 'refused', details };
}
