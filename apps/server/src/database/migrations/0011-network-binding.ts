import type { Migration } from './index.ts';

const setting = `
alter table organizations
  add column network_binding text collate "C" not null default 'log' check (network_binding in ('off', 'log', 'strict'));
grant update (network_binding) on organizations to rollcall_service;
`;

// Many keys at once, because token checks come many at once. The plan is made once per connection, perhaps while there are hardly
// any sessions: the settings keep it from reading whole tables then, and ever after.
const sessionsByKey = `
drop function sessions_by_key;

create function sessions_by_key(organizations uuid[], requests uuid[])
returns table (
  organization_id uuid, request_id uuid, user_id uuid, user_email text, session_name text, ip_address inet,
  user_agent text, last_ip_address inet, last_user_agent text, client_type text, auth_method text, account_type text,
  api_key_id uuid, api_key_name text, permissions_within text[],
  created_at timestamptz, last_activity timestamptz, ended_at timestamptz, end_reason text, ended_by_user_id uuid,
  ended_by text, token_salt text, token_generation bigint, token_confirmed_at timestamptz,
  role text, permissions text[], disabled_at timestamptz, organization_slug text, organization_name text,
  idle_timeout_seconds integer, absolute_timeout_seconds integer, network_binding text,
  read_at timestamptz
)
language plpgsql stable security definer set search_path = public, pg_temp
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
as $$
begin
  return query select
    session.organization_id, session.request_id, session.user_id, session.user_email, session.session_name,
    session.ip_address, session.user_agent, session.last_ip_address, session.last_user_agent, session.client_type,
    session.auth_method, session.account_type, session.api_key_id, session.api_key_name, session.permissions_within,
    session.created_at, session.last_activity, session.ended_at, session.end_reason, session.ended_by_user_id,
    session.ended_by, encode(session.token_salt, 'base64'), session.token_generation, session.token_confirmed_at,
    person.role, person.permissions, person.disabled_at, organization.slug, organization.name,
    organization.idle_timeout_seconds, organization.absolute_timeout_seconds, organization.network_binding,
    statement_timestamp()
  from unnest(organizations, requests) as asked (organization_id, request_id)
  join sessions as session on session.organization_id = asked.organization_id and session.request_id = asked.request_id
  join users as person on person.organization_id = session.organization_id and person.user_id = session.user_id
  join organizations as organization on organization.organization_id = session.organization_id;
end $$;

revoke execute on function sessions_by_key from public;
grant execute on function sessions_by_key to rollcall_service;
grant create on schema public to rollcall_maintenance;
alter function sessions_by_key owner to rollcall_maintenance;
revoke create on schema public from rollcall_maintenance;
`;

export const networkBinding: Migration = { number: 11, name: 'network-binding', sql: setting + sessionsByKey };
