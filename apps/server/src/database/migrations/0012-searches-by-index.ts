import type { Migration } from './index.ts';

// What a condition finds is put into the order of sign-in by the index that found it, and what is passed over in that order is judged by the index that has
// it: no row is read but those of the page.
const covering = `
drop index sessions_of_user;
create index sessions_of_user on sessions (organization_id, user_id, last_activity)
  include (created_at, ended_at, duration_ms, request_id);
drop index sessions_newest;
create index sessions_newest on sessions (organization_id, created_at desc, request_id desc)
  include (last_activity, ended_at, duration_ms);
drop index sessions_active;
create index sessions_active on sessions (organization_id, last_activity) include (created_at, user_id, request_id)
  where ended_at is null;
drop index sessions_by_address;
create index sessions_by_address on sessions (organization_id, ip_address, request_id) include (created_at);
drop index sessions_by_agent;
create index sessions_by_agent on sessions (organization_id, user_agent, request_id) include (created_at);
drop index sessions_by_duration;
create index sessions_by_duration on sessions (organization_id, duration_ms, request_id) include (created_at);
drop index sessions_by_end;
create index sessions_by_end on sessions (organization_id, end_reason, created_at, request_id) where end_reason is not null;
-- of how many active sessions somebody has, user by user
create index sessions_open_of_user on sessions (organization_id, user_id) include (last_activity, created_at)
  where ended_at is null;
`;

// One look at the texts both counts and finds. Where all texts of a user are meant, as where a part of their e-mail is, their sessions are read from an index
// alone; only of whom some texts are meant and some are not is each session looked at.
const finding = `
-- { "like": pattern } or { "has": text }, of one "line" if need be, { "begins": text }, { "not": condition }, { "and": conditions } or { "or": conditions },
-- as a condition on search_text. Only what is like a pattern is found by trigrams; where there are none to be found, the others take a third of the time.
create or replace function text_condition(wanted jsonb) returns text
language plpgsql immutable
as $$
declare
  line text := format('split_part(search_text, chr(10), %s)', (wanted ->> 'line')::integer);
  word text;
begin
  if wanted ? 'like' and wanted ? 'line' then
    return format('(search_text like %1$L and %2$s like %1$L)', wanted ->> 'like', line);
  end if;
  if wanted ? 'like' then return format('search_text like %L', wanted ->> 'like'); end if;
  if wanted ? 'has' then
    return format('strpos(%s, %L) > 0', case when wanted ? 'line' then line else 'search_text' end, wanted ->> 'has');
  end if;
  if wanted ? 'begins' then return format('starts_with(search_text, %L)', wanted ->> 'begins'); end if;
  if wanted ? 'not' then return format('not (%s)', text_condition(wanted -> 'not')); end if;
  word := case when wanted ? 'or' then 'or' else 'and' end;
  return (select format('(%s)', string_agg(text_condition(part), format(' %s ', word)))
    from jsonb_array_elements(wanted -> word) as part);
end $$;

drop function count_with_text;
drop function sessions_with_text;

-- Begins with a row that says how many sessions there are, unknown where there are more than so many texts; the sessions follow where they are not too many.
create function sessions_with_text(wanted jsonb, most_texts integer, most_sessions bigint)
returns table (
  total bigint, request_id uuid, created_at timestamptz, last_activity timestamptz, ended_at timestamptz, duration_ms bigint
)
language plpgsql stable security definer set search_path = public, pg_temp
set random_page_cost = 1.1 set enable_hashjoin = off set enable_mergejoin = off set max_parallel_workers_per_gather = 0
as $$
declare
  organization uuid := nullif(current_setting('rollcall.organization', true), '')::uuid;
  people uuid[];
  numbers bigint[];
  texts bigint;
  sessions_found bigint;
begin
  execute format('
      select array_agg(user_id), array_agg(sessions), count(*), coalesce(sum(sessions), 0) from (
        select user_id, sessions from session_texts where organization_id = $1 and %s limit $2
      ) as found', text_condition(wanted))
    into people, numbers, texts, sessions_found using organization, most_texts + 1;
  total := case when texts <= most_texts then sessions_found end;
  return next;
  if total is null or total > most_sessions then return; end if;
  return query execute format('
      with entry as materialized (
        select person.user_id, person.meant, count(*) over (partition by person.user_id) as present,
          session.request_id, session.created_at, session.last_activity, session.ended_at, session.duration_ms
        from (
          select user_id, sum(sessions) as meant from unnest($2, $3) as known (user_id, sessions) group by 1 order by 1
        ) as person
        join sessions as session on session.organization_id = $1 and session.user_id = person.user_id
      )
      select null::bigint, request_id, created_at::timestamptz, last_activity::timestamptz, ended_at::timestamptz, duration_ms
      from entry where present = meant
      union all
      select null::bigint, request_id, created_at::timestamptz, last_activity::timestamptz, ended_at::timestamptz, duration_ms
      from sessions
      where organization_id = $1 and user_id = any(array(select distinct user_id from entry where present > meant)) and %s',
      text_condition(wanted))
    using organization, people, numbers;
end $$;
`;

// How many sessions began on each day, so that a far page of all is begun at its day. What else is kept belongs, once it is added up, to no day.
const days = `
alter table session_counts add column day date not null default '-infinity';
alter table session_counts drop constraint session_counts_pkey, add primary key (organization_id, day);
alter table session_count_changes add column day date not null default '-infinity';
create index session_counts_of_empty_days on session_counts (organization_id) where day <> '-infinity' and sessions = 0;

create function day_of(instant timestamptz) returns date
language sql immutable parallel safe
return (instant at time zone 'UTC')::date;

update session_counts set sessions = 0;
update session_count_changes set sessions = 0;
insert into session_counts (organization_id, day, sessions, open_sessions, users, duration_ms)
select organization_id, day_of(created_at), count(*), 0, 0, 0 from sessions group by 1, 2;

create or replace function keep_begun_sessions() returns trigger
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
  insert into session_count_changes (organization_id, day, sessions, open_sessions, users, duration_ms)
  select organization_id, day_of(created_at), count(*), count(*) filter (where ended_at is null), 0, sum(duration_ms)
  from after_change group by 1, 2
  union all
  select organization_id, '-infinity', 0, 0, count(*), 0 from first_ones group by organization_id;
  return null;
end $$;

create or replace function keep_removed_sessions() returns trigger
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
  insert into session_count_changes (organization_id, day, sessions, open_sessions, users, duration_ms)
  select organization_id, day_of(created_at), -count(*), -count(*) filter (where ended_at is null), 0, -sum(duration_ms)
  from before_change group by 1, 2
  union all
  select organization_id, '-infinity', 0, 0, -count(*), 0 from last_ones group by organization_id;
  return null;
end $$;

create or replace function add_up_session_counts() returns void
language sql volatile security definer set search_path = public, pg_temp
begin atomic
  with taken as (
    delete from session_count_changes
    returning organization_id, day, sessions, open_sessions, users, duration_ms
  )
  insert into session_counts (organization_id, day, sessions, open_sessions, users, duration_ms)
  select organization_id, day, sum(sessions), 0, 0, 0 from taken where day <> '-infinity' group by 1, 2
  union all
  select organization_id, '-infinity', 0, sum(open_sessions), sum(users), sum(duration_ms) from taken group by 1
  order by 1, 2
  on conflict (organization_id, day) do update set
    sessions = session_counts.sessions + excluded.sessions,
    open_sessions = session_counts.open_sessions + excluded.open_sessions,
    users = session_counts.users + excluded.users,
    duration_ms = session_counts.duration_ms + excluded.duration_ms;
  delete from session_counts where day <> '-infinity' and sessions = 0;
end;
`;

const ownership = `
grant create on schema public to rollcall_maintenance;
revoke execute on function sessions_with_text(jsonb, integer, bigint) from public;
alter function sessions_with_text(jsonb, integer, bigint) owner to rollcall_maintenance;
revoke create on schema public from rollcall_maintenance;
grant execute on function sessions_with_text(jsonb, integer, bigint) to rollcall_service;
`;

export const searchesByIndex: Migration = {
  number: 12,
  name: 'searches-by-index',
  sql: [covering, finding, days, ownership].join('\n'),
};
