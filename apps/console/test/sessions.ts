/** Sessions to test with. */
import type { Session } from '@rollcall/core/schema/session';

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
