/** The search language, in memory: what a search means, what it finds, and what may be written. Pure: `now` is always a parameter. */
export { type Chip, chipsOf, withoutChip } from '@rollcall/core/query/chips';
export { predicateOf, type QueryContext } from '@rollcall/core/query/match';
export { type ParsedQuery, parseQuery } from '@rollcall/core/query/parse';
export type { QueryError } from '@rollcall/core/query/query-error';
export { type Suggestion, suggestAt } from '@rollcall/core/query/suggest';
export { listSessions } from '@rollcall/core/session-list';
