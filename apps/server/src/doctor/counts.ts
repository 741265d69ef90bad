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
            sum(duration_ms(created_at, last_activity))] as figures
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

export const textsAreFound: Examination = {
  sound: 'searches look through the text of every session',
  async examine({ database }) {
    const { rows } = await database.asMaintenance('doctor', (tx) =>
      sql<{ organization_id: string; request_id: string }>`
        select session.organization_id, session.request_id
        from sessions as session left join session_texts as found using (organization_id, request_id)
        where found.search_text is distinct from session.search_text limit 1000`.execute(tx),
    );
    return rows.map(({ request_id }) => `session ${request_id} is not found by its text`);
  },
};
