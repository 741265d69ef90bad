import type { Migration } from './index.ts';

// Found by any part of it, through trigrams. A table of its own: what a session did last changes every second, and each change of a row would write all
// its trigrams anew. Without a reference to sessions, which would be checked at every sign-in: triggers write and remove its rows. Both extensions come with
// PostgreSQL, and are trusted: whoever may create in the database may have them.
const texts = `
create extension if not exists pg_trgm;
create extension if not exists btree_gin;

create table session_texts (
  organization_id uuid not null,
  request_id uuid not null,
  search_text text collate "C" not null,
  primary key (organization_id, request_id)
);

insert into session_texts select organization_id, request_id, search_text from sessions;
create index session_texts_parts on session_texts using gin (organization_id, search_text gin_trgm_ops);

-- Without row-level security, under which the planner would not look at what is known of the texts; and so nothing for the service itself,
-- which asks sessions_with_text.
grant select, insert, delete on session_texts to rollcall_maintenance;
`;

// One for each order that a list may have and that a row holds; those of activity and sign-in are there already.
const orders = `
create index sessions_by_email on sessions (organization_id, user_email, request_id);
create index sessions_by_name on sessions (organization_id, session_name, request_id);
create index sessions_by_address on sessions (organization_id, ip_address, request_id);
create index sessions_by_agent on sessions (organization_id, user_agent, request_id);
create index sessions_by_activity on sessions (organization_id, last_activity, request_id);
`;

// What is inactive is kept for a while, and then removed, the oldest first.
const retention = `
alter table organizations add column retention_days integer check (retention_days > 0);
grant update (retention_days) on organizations to rollcall_service;
create index sessions_ended on sessions (organization_id, ended_at) where ended_at is not null;
`;

// How many there are is kept, not counted. A change of sessions adds a row of differences, for which nobody has to wait; now
// and then those are added up.
const counts = `
create table session_counts (
  organization_id uuid primary key,
  sessions bigint not null,
  open_sessions bigint not null,
  users bigint not null,
  duration_ms bigint not null
);

create table session_count_changes (
  organization_id uuid not null,
  change_id bigint generated always as identity,
  sessions bigint not null,
  open_sessions bigint not null,
  users bigint not null,
  duration_ms bigint not null,
  primary key (organization_id, change_id)
);

alter table users add column has_sessions boolean not null default false;
update users set has_sessions = true where exists (
  select from sessions where sessions.organization_id = users.organization_id and sessions.user_id = users.user_id
);

create function duration_ms(created_at timestamptz, last_activity timestamptz) returns bigint
language sql immutable parallel safe
return (extract(epoch from greatest(last_activity - created_at, interval '0')) * 1000)::bigint;

create index sessions_by_duration on sessions
  (organization_id, duration_ms(created_at, last_activity), request_id);

insert into session_counts
select organization_id, count(*), count(*) filter (where ended_at is null), count(distinct user_id),
  sum(duration_ms(created_at, last_activity))
from sessions group by organization_id;

grant select on session_counts, session_count_changes to rollcall_service;
grant select, insert, update, delete on session_counts, session_count_changes to rollcall_maintenance;
`;

// Rows of users are locked in their order, so that of two who change the same ones neither holds one that the other waits for.
const keeping = `
create function keep_begun_sessions() returns trigger
language plpgsql security definer set search_path = public, pg_temp
as $$
begin
  insert into session_texts select organization_id, request_id, search_text from after_change;
  with first_ones as (
    update users set has_sessions = true
    from (
      select organization_id, user_id from users
      where not has_sessions and (organization_id, user_id) in (select organization_id, user_id from after_change)
      order by organization_id, user_id for no key update
    ) as begun
    where users.organization_id = begun.organization_id and users.user_id = begun.user_id
    returning users.organization_id
  )
  insert into session_count_changes (organization_id, sessions, open_sessions, users, duration_ms)
  select organization_id, count(*), count(*) filter (where ended_at is null),
    (select count(*) from first_ones where first_ones.organization_id = after_change.organization_id),
    sum(duration_ms(created_at, last_activity))
  from after_change group by organization_id;
  return null;
end $$;

create function keep_changed_sessions() returns trigger
language plpgsql security definer set search_path = public, pg_temp
as $$
begin
  insert into session_count_changes (organization_id, sessions, open_sessions, users, duration_ms)
  select organization_id, 0, sum(is_open), 0, sum(milliseconds) from (
    select organization_id, (ended_at is null)::int as is_open, duration_ms(created_at, last_activity) as milliseconds
    from after_change
    union all
    select organization_id, -(ended_at is null)::int, -duration_ms(created_at, last_activity) from before_change
  ) as differences
  group by organization_id having sum(is_open) <> 0 or sum(milliseconds) <> 0;
  return null;
end $$;

-- Whoever begins a session holds a share of its user's row, by the foreign key: under the lock nobody is beginning one, and
-- the statement after it sees those that have.
create function keep_removed_sessions() returns trigger
language plpgsql security definer set search_path = public, pg_temp
as $$
begin
  delete from session_texts using before_change
  where session_texts.organization_id = before_change.organization_id
    and session_texts.request_id = before_change.request_id;
  perform from users
  where (organization_id, user_id) in (select organization_id, user_id from before_change)
  order by organization_id, user_id for update;
  with last_ones as (
    update users set has_sessions = false
    from (select distinct organization_id, user_id from before_change) as removed
    where users.organization_id = removed.organization_id and users.user_id = removed.user_id and has_sessions
      and not exists (
        select from sessions
        where sessions.organization_id = removed.organization_id and sessions.user_id = removed.user_id
      )
    returning users.organization_id
  )
  insert into session_count_changes (organization_id, sessions, open_sessions, users, duration_ms)
  select organization_id, -count(*), -count(*) filter (where ended_at is null),
    -(select count(*) from last_ones where last_ones.organization_id = before_change.organization_id),
    -sum(duration_ms(created_at, last_activity))
  from before_change group by organization_id;
  return null;
end $$;

create trigger keep_begun after insert on sessions
  referencing new table as after_change for each statement execute function keep_begun_sessions();
create trigger keep_changed after update on sessions
  referencing old table as before_change new table as after_change
  for each statement execute function keep_changed_sessions();
create trigger keep_removed after delete on sessions
  referencing old table as before_change for each statement execute function keep_removed_sessions();

create function add_up_session_counts() returns void
language sql volatile security definer set search_path = public, pg_temp
begin atomic
  with taken as (
    delete from session_count_changes returning organization_id, sessions, open_sessions, users, duration_ms
  )
  insert into session_counts
  select organization_id, sum(sessions), sum(open_sessions), sum(users), sum(duration_ms) from taken
  group by organization_id order by organization_id
  on conflict (organization_id) do update set
    sessions = session_counts.sessions + excluded.sessions,
    open_sessions = session_counts.open_sessions + excluded.open_sessions,
    users = session_counts.users + excluded.users,
    duration_ms = session_counts.duration_ms + excluded.duration_ms;
end;
`;

// Of the organization of the transaction, whoever asks: beneath row-level security no index of LIKE is used, because what LIKE
// compares might leak. Planned anew for each search, by what is known of its very words.
const finding = `
create function sessions_with_text(patterns text[], most integer) returns setof uuid
language plpgsql stable security definer set search_path = public, pg_temp
as $$
declare
  wanted text;
begin
  select string_agg(format('search_text like %L', pattern), ' and ') into wanted from unnest(patterns) as pattern;
  return query execute
    format('select request_id from session_texts where organization_id = $1 and %s limit %s', wanted, most)
    using nullif(current_setting('rollcall.organization', true), '')::uuid;
end $$;

-- Open sessions that a time-out has ended: nearly none, because a pass marks them. Who plans by all sessions expects many.
create function count_run_out(active_before timestamptz, begun_before timestamptz) returns bigint
language sql stable security definer set search_path = public, pg_temp
set enable_seqscan = off set max_parallel_workers_per_gather = 0
begin atomic
  select (
    select count(*) from sessions
    where organization_id = nullif(current_setting('rollcall.organization', true), '')::uuid
      and ended_at is null and last_activity <= active_before
  ) + (
    select count(*) from (
      select last_activity from sessions
      where organization_id = nullif(current_setting('rollcall.organization', true), '')::uuid
        and ended_at is null and created_at <= begun_before
      offset 0
    ) as old where last_activity > active_before
  );
end;
`;

const ownership = `
do $$
declare
  tenant_table text;
begin
  foreach tenant_table in array array['session_counts', 'session_count_changes'] loop
    execute format('alter table %I enable row level security', tenant_table);
    execute format('alter table %I force row level security', tenant_table);
    execute format('create policy one_organization on %I to rollcall_service
      using (organization_id = nullif(current_setting(''rollcall.organization'', true), '''')::uuid)', tenant_table);
    execute format('create policy maintenance on %I to rollcall_maintenance using (true)', tenant_table);
  end loop;
end $$;

grant create on schema public to rollcall_maintenance;
do $$
declare
  signature text;
begin
  foreach signature in array array['keep_begun_sessions()', 'keep_changed_sessions()', 'keep_removed_sessions()',
    'add_up_session_counts()', 'sessions_with_text(text[], integer)',
    'count_run_out(timestamptz, timestamptz)'] loop
    execute format('revoke execute on function %s from public', signature);
    execute format('alter function %s owner to rollcall_maintenance', signature);
  end loop;
end $$;
revoke create on schema public from rollcall_maintenance;
grant execute on function sessions_with_text(text[], integer), count_run_out(timestamptz, timestamptz)
  to rollcall_service;
`;

export const searchAndCounts: Migration = {
  number: 3,
  name: 'search-and-counts',
  sql: [texts, orders, retention, counts, keeping, finding, ownership].join('\n'),
};
