import type { Migration } from './index.ts';

const keys = `
create table api_keys (
  organization_id uuid not null references organizations,
  key_id uuid not null,
  user_id uuid not null,
  name text collate "C" not null,
  secret_hash bytea not null,
  permissions text[] not null,
  allowed_networks text[] not null,
  created_at timestamptz(3) not null,
  created_by text,
  expires_at timestamptz(3),
  last_used_at timestamptz(3),
  revoked_at timestamptz(3),
  primary key (organization_id, key_id),
  foreign key (organization_id, user_id) references users
);

create index api_keys_of_user on api_keys (organization_id, user_id);
create index api_keys_expiring on api_keys (expires_at) where revoked_at is null and expires_at is not null;

alter table api_keys enable row level security;
alter table api_keys force row level security;
create policy one_organization on api_keys to rollcall_service
  using (organization_id = nullif(current_setting('rollcall.organization', true), '')::uuid);
create policy maintenance on api_keys to rollcall_maintenance using (true);
grant select, insert on api_keys to rollcall_service;
grant update (last_used_at, revoked_at) on api_keys to rollcall_service;
grant select, update on api_keys to rollcall_maintenance;

-- Which key a session was begun with, and how far that reaches; the key's own row need not be asked.
alter table sessions
  add column api_key_id uuid,
  add column api_key_name text collate "C",
  add column permissions_within text[],
  add constraint api_key_whole check ((api_key_id is null) = (api_key_name is null)
    and (api_key_id is null) = (permissions_within is null));

create index sessions_of_key on sessions (organization_id, api_key_id)
  where api_key_id is not null and ended_at is null;
`;

// Many keys at once, because token checks come many at once. The plan is made once per connection, perhaps while there are hardly
// any sessions: the settings keep it from reading whole tables then, and ever after.
const sessionsByKey = `
drop function session_by_key;

create function sessions_by_key(organizations uuid[], requests uuid[])
returns table (
  organization_id uuid, request_id uuid, user_id uuid, user_email text, session_name text, ip_address inet,
  user_agent text, last_ip_address inet, last_user_agent text, client_type text, auth_method text, account_type text,
  api_key_id uuid, api_key_name text, permissions_within text[],
  created_at timestamptz, last_activity timestamptz, ended_at timestamptz, end_reason text, ended_by_user_id uuid,
  ended_by text, token_salt text, token_generation bigint, token_confirmed_at timestamptz,
  role text, permissions text[], disabled_at timestamptz, organization_slug text, organization_name text,
  idle_timeout_seconds integer, absolute_timeout_seconds integer, read_at timestamptz
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
    organization.idle_timeout_seconds, organization.absolute_timeout_seconds, statement_timestamp()
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

export const apiKeys: Migration = { number: 6, name: 'api-keys', sql: keys + sessionsByKey };
