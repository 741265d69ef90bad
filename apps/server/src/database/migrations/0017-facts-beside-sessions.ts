import type { Migration } from './index.ts';

// A search for some text finds sessions by their users, and asks of each what else it asks: that stands beside them in the index, or each would be another page
// of the table. A user agent is too long for that, its hash is not: of as many bits as a number of JavaScript holds, so that two are alike only if somebody
// makes them so, and gains nothing. The order by status is one by ids, of those that are active and of those that are not: that, too, is asked of the index alone.
const covering = `
alter table sessions add column user_agent_hash bigint not null
  generated always as (hashtextextended(user_agent, 0) & ((1::bigint << 53) - 1)) stored;
drop index sessions_of_user;
create index sessions_of_user on sessions (organization_id, user_id, last_activity) include (
  created_at, ended_at, duration_ms, request_id, ip_address, client_type, auth_method, account_type, end_reason, user_agent_hash
);
alter table token_verdicts drop constraint token_verdicts_organization_id_request_id_fkey;
alter table sessions drop constraint sessions_pkey;
alter table sessions add constraint sessions_pkey
  primary key (organization_id, request_id) include (last_activity, created_at, ended_at);
alter table token_verdicts add constraint token_verdicts_organization_id_request_id_fkey
  foreign key (organization_id, request_id) references sessions on delete cascade;
`;

// Whose sessions those with a text are. Reading them is left to whoever asks, who then has each from the index and not from a function's answer.
const finding = `
drop function sessions_with_text;

-- How many sessions there are with such a text, unknown where there are more than so many texts. Where they are not too many: the users all of whose sessions
-- are meant, as where a part of their e-mail is, and those of whom some are meant and some are not.
create function people_with_text(
  wanted jsonb, most_texts integer, most_sessions bigint, out sessions bigint, out wholly uuid[], out partly uuid[]
)
language plpgsql stable security definer set search_path = public, pg_temp
set random_page_cost = 1.1 set enable_hashjoin = off set enable_mergejoin = off
as $$
declare
  organization uuid := nullif(current_setting('rollcall.organization', true), '')::uuid;
  people uuid[];
  numbers bigint[];
begin
  execute format('
      select array_agg(user_id), array_agg(sessions), case when count(*) <= $2 then coalesce(sum(sessions), 0)::bigint end from (
        select user_id, sessions from session_texts where organization_id = $1 and %s limit $2 + 1
      ) as found', text_condition(wanted))
    into people, numbers, sessions using organization, most_texts;
  if sessions is null or sessions > most_sessions then return; end if;
  select array_agg(person.user_id) filter (where present = meant), array_agg(person.user_id) filter (where present > meant)
    into wholly, partly
    from (
      select found.user_id, sum(found.number)::bigint as meant from unnest(people, numbers) as found (user_id, number)
      group by 1 order by 1
    ) as person
    cross join lateral (
      select sum(known.sessions)::bigint as present from session_texts as known
      where known.organization_id = organization and known.user_id = person.user_id
    ) as text;
end $$;

grant create on schema public to rollcall_maintenance;
revoke execute on function people_with_text(jsonb, integer, bigint) from public;
alter function people_with_text(jsonb, integer, bigint) owner to rollcall_maintenance;
revoke create on schema public from rollcall_maintenance;
grant execute on function people_with_text(jsonb, integer, bigint) to rollcall_service;
`;

export const factsBesideSessions: Migration = {
  number: 17,
  name: 'facts-beside-sessions',
  sql: [covering, finding].join('\n'),
};
