/** Whether one condition of a search holds for a session. */
import { durationMilliseconds } from '../duration.ts';
import { fold } from '../fold.ts';
import { type Instant, toMilliseconds } from '../instant.ts';
import { isActiveAt, lifetimeAt, type Timeouts } from '../lifetime.ts';
import type { EndReason, Session } from '../schema/session.ts';
import type { Device } from '../session-name.ts';
import { containedIn } from './network.ts';
import type { Between, Condition, Contains, During, OneOf } from './syntax.ts';

/** What a search is judged by, beside the session. */
export interface QueryContext {
  readonly now: Instant;
  /** They tell which time-out ended a session that has run out since it was answered. */
  readonly timeouts: Timeouts;
  /** What a user agent is understood as. A browser or system that is not known contains no text. */
  readonly deviceOf: (userAgent: string) => Device;
  /** How many sessions of that user are active at `now`. */
  readonly activeSessionsOf: (userId: string) => number;
}

/** A session and its searchable text. */
export interface Candidate {
  readonly session: Session;
  readonly searchable: string;
}

export type Predicate = (candidate: Candidate) => boolean;

/** What belongs to the condition alone is computed once, for any number of sessions. */
export function conditionOf(condition: Condition, context: QueryContext): Predicate {
  switch (condition.kind) {
    case 'text':
      return ({ searchable }) => searchable.includes(condition.text);
    case 'contains':
      return ({ session }) => fold(textOf(condition.field, session, context)).includes(condition.text);
    case 'is':
      return ({ session }) => fold(session.userEmail) === condition.text;
    case 'within': {
      const contains = containedIn(condition.network);
      return ({ session }) => contains(session.ipAddress);
    }
    case 'one-of':
      return ({ session }) => isOneOf(condition, session, context);
    case 'during':
      return ({ session }) => isDuring(condition, session);
    case 'between':
      return ({ session }) => isBetween(condition, session, context);
  }
}

function textOf(field: Contains['field'], session: Session, { deviceOf }: QueryContext): string {
  switch (field) {
    case 'user':
      return session.userEmail;
    case 'name':
      return session.sessionName;
    case 'ip':
      return session.ipAddress;
    case 'agent':
      return session.userAgent;
    case 'browser':
      return deviceOf(session.userAgent).browser ?? '';
    case 'os':
      return deviceOf(session.userAgent).system ?? '';
  }
}

function isOneOf(condition: OneOf, session: Session, context: QueryContext): boolean {
  switch (condition.field) {
    case 'client':
      return condition.values.includes(session.clientType);
    case 'auth':
      return condition.values.includes(session.authMethod);
    case 'account':
      return condition.values.includes(session.accountType);
    case 'status':
      return condition.values.includes(isActiveAt(session, context.now) ? 'active' : 'inactive');
    case 'ended': {
      const reason = endReasonOf(session, context);
      return reason !== undefined && condition.values.includes(reason);
    }
  }
}

function endReasonOf(session: Session, { timeouts, now }: QueryContext): EndReason | undefined {
  if (session.endReason !== undefined || isActiveAt(session, now)) return session.endReason;
  return lifetimeAt(session, timeouts, now).endReason;
}

function isDuring({ field, from, to }: During, session: Session): boolean {
  const instant = field === 'created' ? session.createdAt : session.lastActivity;
  return (from === undefined || from <= instant) && (to === undefined || instant < to);
}

function isBetween({ field, from, to }: Between, session: Session, context: QueryContext): boolean {
  const number = numberOf(field, session, context);
  return number !== undefined && (from ?? 0) <= number && number < (to ?? Number.POSITIVE_INFINITY);
}

// A session that is not active is not idle, but over. What was used after now, by another clock, is idle for no time.
function numberOf(field: Between['field'], session: Session, context: QueryContext): number | undefined {
  if (field === 'duration') return durationMilliseconds(session);
  if (field === 'concurrent') return context.activeSessionsOf(session.userId);
  const { now } = context;
  if (!isActiveAt(session, now)) return undefined;
  return Math.max(0, toMilliseconds(now) - toMilliseconds(session.lastActivity));
}
