/** What is asked for with a page of sessions, and what is answered. */
import type { SearchError, SessionListRequest } from '@rollcall/core/schema/session-list';
import type { Total } from './count-sessions.ts';
import type { SessionRow } from './session-row.ts';
import type { Understood } from './understand.ts';

export type Asked = SessionListRequest & Omit<Understood, 'errors'>;

export interface Page extends Total {
  readonly rows: SessionRow[];
}

/** `rows` only where little enough was found to be sorted at once. */
export type Sorted = Total & Partial<Page>;

export interface SessionPage extends Page {
  readonly searchErrors: SearchError[];
  /** How many active sessions each user on the page has. */
  readonly activeSessions: Record<string, number>;
}
