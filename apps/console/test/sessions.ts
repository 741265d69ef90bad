/** Sessions and viewers to test with. */
import type { Actor } from '@rollcall/core/permission';
import type { Session } from '@rollcall/core/schema/session';
import type { SessionList } from '@rollcall/core/schema/session-list';

export const now = '2026-11-23T09:42:19.000Z';

export const administrator: Actor = {
  organizationId: '0190f2f0-7c1e-7aaa-8bbb-000000000001',
  requestId: '0190f2f0-7c1e-7aaa-8bbb-00000000000a',
  userId: '0190f2f0-7c1e-7aaa-8bbb-0000000000a0',
  permissions: ['users:manage'],
};

/** An active session of somebody else, from two hours ago to five minutes ago. */
export function someSession(particulars: Partial<Session> = {}): Session {
  return {
    requestId: '0190f2f0-7c1e-7aaa-8bbb-00000000000b',
    userId: '0190f2f0-7c1e-7aaa-8bbb-0000000000b0',
    userEmail: 'ada@example.com',
    sessionName: 'Chrome on macOS',
    ipAddress: '203.0.113.7',
    userAgent:
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36',
    lastIpAddress: '203.0.113.7',
    lastUserAgent: '',
    isActive: true,
    createdAt: '2026-11-23T07:32:19.000Z',
    lastActivity: '2026-11-23T09:37:19.000Z',
    clientType: 'console',
    authMethod: 'password',
    accountType: 'person',
    expiresAt: '2026-11-24T09:37:19.000Z',
    isCurrent: false,
    ...particulars,
  };
}

/** The administrator's own, in whose name the page is looked at. */
export function currentSession(): Session {
  const { requestId, userId } = administrator;
  return someSession({ requestId, userId, userEmail: 'admin@example.com', sessionName: 'Firefox', isCurrent: true });
}

export function endedSession(): Session {
  return someSession({
    requestId: '0190f2f0-7c1e-7aaa-8bbb-00000000000c',
    sessionName: 'Lost phone',
    isActive: false,
    endedAt: '2026-11-23T09:40:00.000Z',
    endReason: 'terminated',
    endedBy: 'admin@example.com',
  });
}

/** The only page of these. */
export function listOf(...sessions: Session[]): SessionList {
  return {
    sessions,
    total: sessions.length,
    totalIsExact: true,
    page: 1,
    pageSize: 10,
    searchErrors: [],
    activeSessions: {},
  };
}
