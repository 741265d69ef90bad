import type { SessionByKey } from '../src/database/database.ts';

const at = '2026-11-23T09:42:19.000Z';

/** A session as a token check reads it. */
export function sessionByKey(particulars: Partial<SessionByKey> = {}): SessionByKey {
  return {
    organization_id: 'here',
    request_id: 'session',
    user_id: 'ada',
    user_email: 'ada@example.com',
    session_name: 'Chrome on macOS',
    ip_address: '192.0.2.7',
    user_agent: 'Mozilla/5.0',
    last_ip_address: '192.0.2.7',
    last_user_agent: 'Mozilla/5.0',
    client_type: 'api',
    auth_method: 'password',
    account_type: 'person',
    api_key_id: null,
    api_key_name: null,
    permissions_within: null,
    created_at: at,
    last_activity: at,
    ended_at: null,
    end_reason: null,
    ended_by_user_id: null,
    ended_by: null,
    token_salt: Buffer.alloc(32).toString('base64'),
    token_generation: 1,
    token_confirmed_at: at,
    role: 'member',
    permissions: [],
    disabled_at: null,
    organization_slug: 'here',
    organization_name: 'Here',
    idle_timeout_seconds: null,
    absolute_timeout_seconds: null,
    network_binding: 'log',
    read_at: at,
    ...particulars,
  };
}
