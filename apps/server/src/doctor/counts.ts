/** Whether what is kept of sessions, for figures and for searches, is what follows from them. */
import { sql } from 'kysely';
import type { Examination } from './examination.ts';

interface Difference {
  readonly organization_id: string;
  readonly kept: string;
  readonly counted: string;
}

// One statement, and so one moment: sessions begin and end meanwhile.
export const countsAreExact: Examination = {
  sound: 'the figures that are kept are what counting all sessions comes to',
  async examine({ database }) {
    const { rows } = await database.asMaintenance('doctor', (tx) =>
      sql<Difference>`
        with kept as (
          select organization_id, array[sum(sessions), sum(open_sessions), sum(users), sum(duration_ms)] as figures
          from (
            select organization_id, sessions, open_sessions, users, duration_ms from session_counts
            union all
            select organization_id, sessions, open_sessions, users, duration_ms from session_count_changes
          ) as parts group by organization_id
        ),
        counted as (
          select organization_id, array[count(*), count(*) filter (where ended_at is null), count(distinct user_id),
            sum(duration_ms)] as figures
          from sessions group by organization_id
        )
        select organization_id, coalesce(kept.figures, array[0, 0, 0, 0]::numeric[])::text as kept,
          coalesce(counted.figures, array[0, 0, 0, 0]::numeric[])::text as counted
        from kept full join counted using (organization_id)
        where coalesce(kept.figures, array[0, 0, 0, 0]::numeric[])
          is distinct from coalesce(counted.figures, array[0, 0, 0, 0]::numeric[])`.execute(tx),
    );
    return rows.map(
      ({ organization_id, kept, counted }) =>
        `organization ${organization_id}: sessions, open ones, users and milliseconds are ${counted}, kept as ${kept}`,
    );
  },
};

interface DifferentDay {
  readonly organization_id: string;
  readonly day: string;
  readonly kept: number;
  readonly counted: number;
}

export const daysAreExact: Examination = {
  sound: 'how many sessions are kept to have begun on each day is how many did',
  async examine({ database }) {
    const { rows } = await database.asMaintenance('doctor', (tx) =>
      sql<DifferentDay>`
        with kept as (
          select organization_id, day, sum(sessions)::bigint as sessions from (
            select organization_id, day, sessions from session_counts
            union all
            select organization_id, day, sessions from session_count_changes
          ) as parts group by 1, 2
        ),
        counted as (select organization_id, day_of(created_at) as day, count(*) as sessions from sessions group by 1, 2)
        select organization_id, day::text, coalesce(kept.sessions, 0) as kept, coalesce(counted.sessions, 0) as counted
        from kept full join counted using (organization_id, day)
        where coalesce(kept.sessions, 0) <> coalesce(counted.sessions, 0)
        order by organization_id, day limit 1000`.execute(tx),
    );
    return rows.map(
      ({ organization_id, day, kept, counted }) =>
        `organization ${organization_id}: on ${day}, ${counted} sessions began, kept as ${kept}`,
    );
  },
};

interface DifferentText {
  readonly user_id: string;
  readonly search_text: string;
  readonly kept: number;
  readonly counted: number;
}

export const textsAreFound: Examination = {
  sound: 'searches look through the text of every session',
  async examine({ database }) {
    const { rows } = await database.asMaintenance('doctor', (tx) =>
      sql<DifferentText>`
        with counted as (
          select organization_id, user_id, search_text, count(*) as sessions from sessions group by 1, 2, 3
        )
        select user_id, search_text, coalesce(kept.sessions, 0) as kept, coalesce(counted.sessions, 0) as counted
        from session_texts as kept full join counted using (organization_id, user_id, search_text)
        where kept.sessions is distinct from counted.sessions
        order by user_id, search_text limit 1000`.execute(tx),
    );
    return rows.map(
      ({ user_id, search_text, kept, counted }) =>
        `user ${user_id}: ${counted} sessions are found by the text ${JSON.stringify(search_text)}, kept as ${kept}`,
    );
  },
};
