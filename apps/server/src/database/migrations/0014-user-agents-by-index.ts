import type { Migration } from './index.ts';

// One probe of the index for each, from one to the next: `distinct` would read every session. While the statistics know nothing of an organization, any index
// that begins with it looks as good, and each probe would read and sort all its sessions: nothing is sorted here.
const probes = `
create function user_agents_of(organization uuid) returns setof text
language sql stable set enable_sort = off set enable_incremental_sort = off
as $$
  with recursive agents as (
    (select user_agent from sessions where organization_id = organization order by user_agent limit 1)
    union all
    select (
      select user_agent from sessions
      where organization_id = organization and user_agent > agents.user_agent order by user_agent limit 1
    ) from agents where agents.user_agent is not null
  )
  select user_agent from agents where user_agent is not null
$$;
revoke execute on function user_agents_of from public;
grant execute on function user_agents_of to rollcall_service;
`;

export const userAgentsByIndex: Migration = { number: 14, name: 'user-agents-by-index', sql: probes };
