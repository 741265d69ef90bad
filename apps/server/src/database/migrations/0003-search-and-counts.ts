import type { Migration } from './index.ts';

// Found by any part of it, through trigrams: one row for all sessions of a user with the same text, because people come back from where they were, with how
// many those are. Written and removed by triggers alone. Both extensions come with PostgreSQL, and are trusted: whoever may create in the database may have them.
const texts = `
create extension if not exists pg_trgm;
create extension if not exists btree_gin;

create table session_texts (
  organization_id uuid not null,
  user_id uuid not null,
  text_hash bytea not null,
  search_text text collate "C" not null,
  sessions bigint not null,
  primary key (organization_id, user_id, text_hash)
) with (fillfactor = 90);

create function text_hash(search_text text) returns bytea
language sql stable parallel safe
return sha256(convert_to(search_text, 'UTF8'));

insert into session_texts
select organization_id, user_id, text_hash(search_text), search_text, count(*) from sessions group by 1, 2, 3, 4;
create index session_texts_parts on session_texts using gin (organization_id, search_text gin_trgm_ops);

-- Without row-level security, under which the planner would not look at what is known of the texts; and so nothing for the service itself,
-- which asks sessions_with_text and count_with_text.
grant select, insert, update, delete on session_texts to rollcall_maintenance;
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
create index sessions_by_end on sessions (organization_id, end_reason) where end_reason is not null;
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

alter table sessions add column duration_ms bigint not null
  generated always as ((extract(epoch from greatest(last_activity - created_at, interval '0')) * 1000)::bigint) stored;
create index sessions_by_duration on sessions (organization_id, duration_ms, request_id);

insert into session_counts
select organization_id, count(*), count(*) filter (where ended_at is null), count(distinct user_id),
  sum(duration_ms)
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
  insert into session_texts as known
  select organization_id, user_id, text_hash(search_text), search_text, count(*) from after_change
  group by 1, 2, 3, 4 order by 1, 2, 3
  on conflict (organization_id, user_id, text_hash) do update set sessions = known.sessions + excluded.sessions;
  with first_ones as (
    update users set has_sessions = true
    from (select distinct organization_id, user_id from after_change order by 1, 2) as begun
    cross join lateral (
      select from users as person
      where person.organization_id = begun.organization_id and person.user_id = begun.user_id and not person.has_sessions
      for no key update
    ) as locked
    where users.organization_id = begun.organization_id and users.user_id = begun.user_id
    returning users.organization_id
  )
  insert into session_count_changes (organization_id, sessions, open_sessions, users, duration_ms)
  select organization_id, count(*), count(*) filter (where ended_at is null),
    (select count(*) from first_ones where first_ones.organization_id = after_change.organization_id),
    sum(duration_ms)
  from after_change group by organization_id;
  return null;
end $$;

create function keep_changed_sessions() returns trigger
language plpgsql security definer set search_path = public, pg_temp
as $$
begin
  insert into session_count_changes (organization_id, sessions, open_sessions, users, duration_ms)
  select organization_id, 0, sum(is_open), 0, sum(milliseconds) from (
    select organization_id, (ended_at is null)::int as is_open, duration_ms as milliseconds
    from after_change
    union all
    select organization_id, -(ended_at is null)::int, -duration_ms from before_change
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
  perform from users
  where (organization_id, user_id) in (select organization_id, user_id from before_change)
  order by organization_id, user_id for update;
  update session_texts as known set sessions = known.sessions - removed.sessions
  from (
    select organization_id, user_id, text_hash(search_text), count(*) as sessions from before_change group by 1, 2, 3
  ) as removed
  where known.organization_id = removed.organization_id and known.user_id = removed.user_id
    and known.text_hash = removed.text_hash;
  delete from session_texts
  where sessions = 0 and (organization_id, user_id) in (select organization_id, user_id from before_change);
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
    -sum(duration_ms)
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
-- { "like": pattern }, of one "line" if need be, { "not": condition }, { "and": conditions } or { "or": conditions }, as a condition on search_text.
create function text_condition(wanted jsonb) returns text
language plpgsql immutable
as $$
declare
  word text;
begin
  if wanted ? 'line' then
    return format('(%s and split_part(search_text, chr(10), %s) like %L)',
      text_condition(wanted - 'line'), (wanted ->> 'line')::integer, wanted ->> 'like');
  end if;
  if wanted ? 'like' then return format('search_text like %L', wanted ->> 'like'); end if;
  if wanted ? 'not' then return format('not %s', text_condition(wanted -> 'not')); end if;
  word := case when wanted ? 'or' then 'or' else 'and' end;
  return (select format('(%s)', string_agg(text_condition(part), format(' %s ', word)))
    from jsonb_array_elements(wanted -> word) as part);
end $$;

-- Up to so many texts are added up: where there are more of them, the sum is above that number, and not all.
create function count_with_text(wanted jsonb, most integer, out texts bigint, out sessions bigint)
language plpgsql stable security definer set search_path = public, pg_temp
as $$
begin
  execute format('select count(*), coalesce(sum(sessions), 0) from (
      select sessions from session_texts where organization_id = $1 and %s limit $2
    ) as found', text_condition(wanted))
    into texts, sessions using nullif(current_setting('rollcall.organization', true), '')::uuid, most;
end $$;

-- For texts of few sessions, by their users: each user's are looked through once, however many of the texts are theirs. As a join ("is true" keeps it from
-- being one) they would be looked through once for each text.
create function sessions_with_text(wanted jsonb) returns setof uuid
language plpgsql stable security definer set search_path = public, pg_temp
set enable_seqscan = off
as $$
begin
  return query execute format('
      with found as materialized (
        select user_id, search_text from session_texts where organization_id = $1 and %s
      )
      select session.request_id
      from (select distinct user_id from found) as person
      join sessions as session on session.organization_id = $1 and session.user_id = person.user_id
      where (session.search_text in (select search_text from found)) is true',
      text_condition(wanted))
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
    'add_up_session_counts()', 'text_condition(jsonb)', 'count_with_text(jsonb, integer)',
    'sessions_with_text(jsonb)', 'count_run_out(timestamptz, timestamptz)'] loop
    execute format('revoke execute on function %s from public', signature);
    execute format('alter function %s owner to rollcall_maintenance', signature);
  end loop;
end $$;
revoke create on schema public from rollcall_maintenance;
grant execute on function count_with_text(jsonb, integer), sessions_with_text(jsonb),
  count_run_out(timestamptz, timestamptz) to rollcall_service;
`;

export const searchAndCounts: Migration = {
  number: 3,
  name: 'search-and-counts',
  sql: [texts, orders, retention, counts, keeping, finding, ownership].join('\n'),
};
