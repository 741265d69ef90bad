/** What is known of a session beside it in the index of its user's sessions, without its row. */
import { parseSort } from '@rollcall/core/order';
import type { Query } from '@rollcall/core/query/syntax';
import type { SessionSort } from '@rollcall/core/schema/session-list';
import { sql } from 'kysely';
import { isAboutAgents } from './query-conditions.ts';

export const facts = sql.join(
  [
    ...['request_id', 'user_id', 'ip_address', 'client_type', 'auth_method', 'account_type'],
    ...['created_at', 'last_activity', 'ended_at', 'end_reason', 'duration_ms', 'user_agent_hash'],
  ].map((fact) => sql.ref(fact)),
);

/** Whether a search, or what of one is left to be asked, is about nothing else. */
export function isOfFacts(query: Query | undefined): boolean {
  switch (query?.kind) {
    case undefined:
    case 'within':
    case 'one-of':
    case 'during':
    case 'between':
      return true;
    case 'and':
    case 'or':
      return query.parts.every(isOfFacts);
    case 'not':
      return isOfFacts(query.part);
    case 'contains':
      return isAboutAgents(query);
    case 'text':
    case 'is':
      return false;
  }
}

/** Whether sessions are put into that order by nothing else. */
export function isFactOrder(sort: SessionSort): boolean {
  const { field } = parseSort(sort);
  return field !== 'userEmail' && field !== 'sessionName' && field !== 'userAgent';
}
