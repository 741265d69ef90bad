import type { Migration } from './index.ts';

const settings = `
alter table organizations
  add column idle_timeout_seconds integer check (idle_timeout_seconds > 0),
  add column absolute_timeout_seconds integer check (absolute_timeout_seconds > 0),
  add column session_limit integer check (session_limit > 0);

-- Who was removed is kept, because sessions and the audit trail speak of them; their e-mail is free for others.
alter table users add column removed_at timestamptz(3);

grant update (idle_timeout_seconds, absolute_timeout_seconds, session_limit) on organizations to rollcall_service;

-- Sessions that have outlived the absolute time-out, for the pass that marks them.
create index sessions_active_oldest on sessions (organization_id, created_at) include (last_activity)
  where ended_at is null;
`;

// What a session's tokens were judged to be, from where: every rotation, and whatever was odd. The same oddity from the
// same place is kept once, so that ten parallel requests of one race leave one row.
const verdicts = `
create table token_verdicts (
  organization_id uuid not null,
  request_id uuid not null,
  event_id uuid not null,
  at timestamptz(3) not null,
  verdict text collate "C" not null check (verdict in ('confirmed', 'race', 'reuse')),
  token_number bigint not null,
  token_generation bigint not null,
  ip_address inet not null,
  user_agent text collate "C" not null,
  primary key (organization_id, request_id, event_id),
  foreign key (organization_id, request_id) references sessions on delete cascade
);

create unique index token_verdicts_once on token_verdicts
  (organization_id, request_id, verdict, token_number, token_generation, ip_address, md5(user_agent));

grant select, insert, delete on token_verdicts to rollcall_service, rollcall_maintenance;
`;

// A row says: whatever a node remembers of this session is out of date since this transaction. Nodes read those that
// they have not seen yet; the transaction's id tells them which, whatever order transactions were committed in.
const announcements = `
create table session_changes (
  organization_id uuid not null,
  announcement_id uuid not null,
  request_id uuid not null,
  transaction_id xid8 not null default pg_current_xact_id(),
  at timestamptz(3) not null default clock_timestamp(),
  primary key (organization_id, announcement_id, request_id)
);

create index session_changes_unseen on session_changes (transaction_id);
create index session_changes_oldest on session_changes (at);

create table leases (
  node_id uuid primary key,
  expires_at timestamptz(3) not null
);

grant select, insert on session_changes to rollcall_service;
grant select, insert, delete on session_changes to rollcall_maintenance;
grant select, insert, update, delete on leases to rollcall_maintenance;

do $$
declare
  tenant_table text;
begin
  foreach tenant_table in array array['token_verdicts', 'session_changes'] loop
    execute format('alter table %I enable row level security', tenant_table);
    execute format('alter table %I force row level security', tenant_table);
    execute format('create policy one_organization on %I to rollcall_service
      using (organization_id = nullif(current_setting(''rollcall.organization'', true), '''')::uuid)', tenant_table);
    execute format('create policy maintenance on %I to rollcall_maintenance using (true)', tenant_table);
  end loop;
end $$;
`;

// The order of the statements of renew_lease is what the guarantee stands on: the changes are read in a snapshot that is
// newer than the lock on the lease's row, and the row stays locked until the lease is granted. Whoever commits a change and
// then reads the leases under a lock therefore finds every grant whose node has not read the change.
const leases = `
create function renew_lease(node uuid, milliseconds integer, since xid8)
returns table (unseen_since text, changes json)
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
begin
  update leases set expires_at = clock_timestamp() + milliseconds * interval '1 millisecond' where node_id = node;
  if not found then
    raise 'no lease was begun for node %', node;
  end if;
  return query
    select pg_snapshot_xmin(pg_current_snapshot())::text,
      coalesce((
        select json_agg(json_build_array(change.announcement_id, change.organization_id, change.request_id))
        from session_changes as change
        where change.transaction_id >= since
      ), '[]');
end $$;

-- A lease begins expired: its row has to be there for others to lock before the first grant.
create function begin_lease(node uuid) returns text
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
begin
  insert into leases (node_id, expires_at) values (node, clock_timestamp())
    on conflict (node_id) do update set expires_at = clock_timestamp();
  return pg_snapshot_xmin(pg_current_snapshot())::text;
end $$;

-- A node that has not heard of changes for five minutes forgets everything instead of catching up.
create function forget_old_changes() returns void
language sql volatile security definer set search_path = public, pg_temp
begin atomic
  delete from leases where expires_at < clock_timestamp() - interval '1 hour';
  delete from session_changes where at < clock_timestamp() - interval '10 minutes';
end;

create function end_lease(node uuid) returns void
language sql volatile security definer set search_path = public, pg_temp
begin atomic
  delete from leases where node_id = node;
end;

-- Locked first and compared after: the row of a grant under way still shows the old expiry.
create function live_leases() returns setof uuid
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
declare
  lease leases;
begin
  for lease in select * from leases for share loop
    if lease.expires_at > clock_timestamp() then
      return next lease.node_id;
    end if;
  end loop;
end $$;
`;

const sessionByKey = `
drop function session_by_key;

create function session_by_key(organization uuid, request uuid)
returns table (
  organization_id uuid, request_id uuid, user_id uuid, user_email text, session_name text, ip_address inet,
  user_agent text, last_ip_address inet, last_user_agent text, client_type text, auth_method text, account_type text,
  created_at timestamptz, last_activity timestamptz, ended_at timestamptz, end_reason text, ended_by_user_id uuid,
  ended_by text, token_salt text, token_generation bigint, token_confirmed_at timestamptz,
  role text, permissions text[], disabled_at timestamptz, organization_slug text, organization_name text,
  idle_timeout_seconds integer, absolute_timeout_seconds integer, read_at timestamptz
)
language sql stable security definer
begin atomic
  select
    session.organization_id, session.request_id, session.user_id, session.user_email, session.session_name,
    session.ip_address, session.user_agent, session.last_ip_address, session.last_user_agent, session.client_type,
    session.auth_method, session.account_type, session.created_at, session.last_activity, session.ended_at,
    session.end_reason, session.ended_by_user_id, session.ended_by, encode(session.token_salt, 'base64'), session.token_generation,
    session.token_confirmed_at, person.role, person.permissions, person.disabled_at, organization.slug,
    organization.name, organization.idle_timeout_seconds, organization.absolute_timeout_seconds, statement_timestamp()
  from sessions as session
  join users as person on person.organization_id = session.organization_id and person.user_id = session.user_id
  join organizations as organization on organization.organization_id = session.organization_id
  where session.organization_id = $1 and session.request_id = $2;
end;
`;

// As security definer they pass row-level security by: each does one thing, for keys that its caller names.
const ownership = `
grant create on schema public to rollcall_maintenance;
do $$
declare
  signature text;
begin
  foreach signature in array array['session_by_key(uuid, uuid)', 'renew_lease(uuid, integer, xid8)', 'begin_lease(uuid)',
    'end_lease(uuid)', 'live_leases()', 'forget_old_changes()'] loop
    execute format('revoke execute on function %s from public', signature);
    execute format('grant execute on function %s to rollcall_service', signature);
    execute format('alter function %s owner to rollcall_maintenance', signature);
  end loop;
end $$;
revoke create on schema public from rollcall_maintenance;
`;

export const tokensThatRotate: Migration = {
  number: 2,
  name: 'tokens-that-rotate',
  sql: [settings, verdicts, announcements, leases, sessionByKey, ownership].join('\n'),
};
