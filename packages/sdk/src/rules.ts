/** The rules by which the service judges, for whoever shows or foresees its answers. Pure: `now` is always a parameter. */
export { durationMilliseconds, durationMinutes, writeMinutes } from '@rollcall/core/duration';
export { fold } from '@rollcall/core/fold';
export {
  type Instant,
  isTimeZone,
  parseInstant,
  toInstant,
  toMilliseconds,
  writeInstant,
} from '@rollcall/core/instant';
export { isActiveAt } from '@rollcall/core/lifetime';
export { orderSessions, type SortField, sortFields } from '@rollcall/core/order';
export { pageCount } from '@rollcall/core/page';
export { type Actor, may, maySeeSession } from '@rollcall/core/permission';
export { type ProblemCode, problems } from '@rollcall/core/problem';
export { writeRelativeTime } from '@rollcall/core/relative-time';
export { searchSessions } from '@rollcall/core/search';
export { statisticsOf } from '@rollcall/core/statistics';
export { judgeTermination, type TerminationSubject, type TerminationVerdict } from '@rollcall/core/termination';
