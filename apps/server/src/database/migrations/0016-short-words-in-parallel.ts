import type { Migration } from './index.ts';

// A word too short for trigrams is looked for in every text: LIKE takes a little less than strpos, its plan knows how few there may be, and on a server with
// more than one processor the texts are shared out. What follows is short work, for which others would be woken in vain.
const finding = `
create or replace function sessions_with_text(wanted jsonb, most_texts integer, most_sessions bigint)
returns table (
  total bigint, request_id uuid, created_at timestamptz, last_activity timestamptz, ended_at timestamptz, duration_ms bigint
)
language plpgsql stable security definer set search_path = public, pg_temp
set random_page_cost = 1.1 set enable_hashjoin = off set enable_mergejoin = off
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
      ) as found', case when wanted ? 'has' and not wanted ? 'line'
        then format('search_text like %L', '%' || regexp_replace(wanted ->> 'has', '([\\\\%_])', '\\\\\\1', 'g') || '%')
        else text_condition(wanted) end)
    into people, numbers, texts, sessions_found using organization, most_texts + 1;
  total := case when texts <= most_texts then sessions_found end;
  return next;
  if total is null or total > most_sessions then return; end if;
  perform set_config('max_parallel_workers_per_gather', '0', true);
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

export const shortWordsInParallel: Migration = { number: 16, name: 'short-words-in-parallel', sql: finding };
