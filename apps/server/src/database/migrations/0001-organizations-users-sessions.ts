import type { Migration } from './index.ts';

// Timestamps hold milliseconds, as the wire does, so that what was written compares equal to what is read.
// Text has the collation "C": order and equality are those of code points, whatever locale the cluster has.
const tables = `
create table organizations (
  organization_id uuid primary key,
  slug text collate "C" not null unique,
  name text not null,
  created_at timestamptz(3) not null
);

create table users (
  organization_id uuid not null references organizations,
  user_id uuid not null,
  email text collate "C" not null,
  email_folded text collate "C" not null,
  account_type text not null check (account_type in ('person', 'service')),
  role text not null check (role in ('administrator', 'member')),
  permissions text[] not null default '{}',
  password_hash text,
  password_changed_at timestamptz(3),
  created_at timestamptz(3) not null,
  disabled_at timestamptz(3),
  primary key (organization_id, user_id),
  unique (organization_id, email_folded),
  check ((password_hash is null) = (password_changed_at is null))
);

-- Its organization is its user's: a reference of its own would be checked for nothing at every sign-in.
create table sessions (
  organization_id uuid not null,
  request_id uuid not null,
  user_id uuid not null,
  user_email text collate "C" not null,
  session_name text collate "C" not null,
  ip_address inet not null,
  user_agent text collate "C" not null,
  last_ip_address inet not null,
  last_user_agent text not null,
  client_type text collate "C" not null check (client_type in ('console', 'api')),
  auth_method text collate "C" not null check (auth_method in ('password', 'sso', 'api-key')),
  account_type text collate "C" not null check (account_type in ('person', 'service')),
  created_at timestamptz(3) not null,
  last_activity timestamptz(3) not null,
  ended_at timestamptz(3),
  end_reason text collate "C" check (end_reason in ('signed-out', 'terminated', 'idle-timeout', 'absolute-timeout',
    'token-reuse', 'session-limit', 'credentials-changed', 'user-disabled')),
  ended_by_user_id uuid,
  ended_by text,
  search_text text collate "C" not null,
  token_salt bytea not null,
  token_generation bigint not null default 1 check (token_generation >= 1),
  token_confirmed_at timestamptz(3) not null,
  primary key (organization_id, request_id),
  foreign key (organization_id, user_id) references users,
  check ((ended_at is null) = (end_reason is null)),
  check (ended_at is not null or (ended_by_user_id is null and ended_by is null))
);

create index sessions_newest on sessions (organization_id, created_at desc, request_id desc);
create index sessions_active on sessions (organization_id, last_activity) include (created_at, user_id)
  where ended_at is null;
create index sessions_of_user on sessions (organization_id, user_id);

create table audit_events (
  organization_id uuid not null references organizations,
  event_id uuid not null,
  at timestamptz(3) not null,
  action text collate "C" not null,
  outcome text collate "C" not null check (outcome in ('success', 'refused')),
  reason text collate "C",
  actor_user_id uuid,
  actor_email text,
  actor_request_id uuid,
  subject_request_id uuid,
  subject_email text,
  ip_address inet,
  user_agent text,
  details jsonb not null default '{}' check (jsonb_typeof(details) = 'object'),
  primary key (organization_id, event_id)
);

create index audit_events_newest on audit_events (organization_id, at desc, event_id desc);

-- Refers to no organization and no user: guesses at either are counted too, unknown organizations under the nil UUID.
create table sign_in_failures (
  organization_id uuid not null,
  email_folded text collate "C" not null,
  ip_address inet not null,
  window_started_at timestamptz(3) not null,
  failures integer not null check (failures > 0),
  primary key (organization_id, email_folded, ip_address)
);

create index sign_in_failures_of_address on sign_in_failures (organization_id, ip_address, window_started_at);
`;

// Roles belong to the cluster, and several of its databases may be migrated at once: whoever comes second finds them. The
// login role need not be a superuser: one that may create roles is enough, if it lets itself become them (from version
// 16 on, creating a role does not include that).
const roles = `
do $$
declare
  wanted text;
  becoming text := case when current_setting('server_version_num')::int < 160000 then 'member' else 'set' end;
begin
  foreach wanted in array array['rollcall_service', 'rollcall_maintenance'] loop
    begin
      if not exists (select from pg_roles where rolname = wanted) then
        execute format('create role %I nologin', wanted);
      end if;
    exception when duplicate_object or unique_violation then null;
    end;
    begin
      if not pg_has_role(current_user, wanted, becoming) then
        execute format('grant %I to current_user', wanted);
      end if;
    exception when unique_violation then null;
    end;
  end loop;
end $$;

grant usage on schema public to rollcall_service, rollcall_maintenance;

grant select on organizations to rollcall_service;
grant select, insert, update on users to rollcall_service;
grant select, insert on sessions to rollcall_service;
grant update (last_ip_address, last_user_agent, last_activity, ended_at, end_reason, ended_by_user_id, ended_by,
  token_generation, token_confirmed_at) on sessions to rollcall_service;
grant select, insert on audit_events to rollcall_service;
grant select, insert, update, delete on sign_in_failures to rollcall_service;

grant select, insert, update, delete on organizations, users, sessions, sign_in_failures to rollcall_maintenance;
grant select, insert, delete on audit_events to rollcall_maintenance;
-- for the doctor, who compares them with the program's own
grant select on migrations to rollcall_maintenance;
`;

// An unset or empty setting is null, and null equals no organization. "force" holds the tables' owner to it too.
const rowLevelSecurity = `
do $$
declare
  tenant_table text;
begin
  foreach tenant_table in array array['organizations', 'users', 'sessions', 'audit_events', 'sign_in_failures'] loop
    execute format('alter table %I enable row level security', tenant_table);
    execute format('alter table %I force row level security', tenant_table);
    execute format('create policy one_organization on %I to rollcall_service
      using (organization_id = nullif(current_setting(''rollcall.organization'', true), '''')::uuid)', tenant_table);
    execute format('create policy maintenance on %I to rollcall_maintenance using (true)', tenant_table);
  end loop;
end $$;
`;

// The policy's only exception: every token check reads one session and its user in one statement, outside of any
// transaction that could have named the organization. It runs as the maintenance role; its key is organization and session.
const sessionByKey = `
create function session_by_key(organization uuid, request uuid)
returns table (
  organization_id uuid, request_id uuid, user_id uuid, user_email text, session_name text, ip_address inet,
  user_agent text, last_ip_address inet, last_user_agent text, client_type text, auth_method text, account_type text,
  created_at timestamptz, last_activity timestamptz, ended_at timestamptz, end_reason text, ended_by_user_id uuid,
  ended_by text, token_salt bytea, token_generation bigint, token_confirmed_at timestamptz,
  role text, permissions text[], disabled_at timestamptz, read_at timestamptz
)
language sql stable security definer
begin atomic
  select
    session.organization_id, session.request_id, session.user_id, session.user_email, session.session_name,
    session.ip_address, session.user_agent, session.last_ip_address, session.last_user_agent, session.client_type,
    session.auth_method, session.account_type, session.created_at, session.last_activity, session.ended_at,
    session.end_reason, session.ended_by_user_id, session.ended_by, session.token_salt, session.token_generation,
    session.token_confirmed_at, person.role, person.permissions, person.disabled_at, statement_timestamp()
  from sessions as session
  join users as person on person.organization_id = session.organization_id and person.user_id = session.user_id
  where session.organization_id = organization and session.request_id = request;
end;

revoke execute on function session_by_key from public;
grant execute on function session_by_key to rollcall_service;
grant create on schema public to rollcall_maintenance;
alter function session_by_key owner to rollcall_maintenance;
revoke create on schema public from rollcall_maintenance;
`;

export const organizationsUsersSessions: Migration = {
  number: 1,
  name: 'organizations-users-sessions',
  sql: [tables, roles, rowLevelSecurity, sessionByKey].join('\n'),
};
