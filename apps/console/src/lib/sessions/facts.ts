/** Everything known of a session, in words. */
import { durationMinutes, writeMinutes } from '@rollcall/core/duration';
import { type Instant, writeInstant } from '@rollcall/core/instant';
import { isActiveAt } from '@rollcall/core/lifetime';
import { writeRelativeTime } from '@rollcall/core/relative-time';
import type { Session } from '@rollcall/core/schema/session';
import { endReasonLabels } from './end-reason.ts';
import { signedInThrough } from './signed-in-through.ts';

type Fact = readonly [name: string, value: string];

/** In the order in which they are shown. What is the same as at sign-in is not said twice. */
export function factsOf(session: Session, { now, timeZone }: { now: Instant; timeZone: string }): Fact[] {
  const at = (instant: Instant) => writeInstant(instant, timeZone);
  return [
    ['User', session.accountType === 'service' ? `${session.userEmail} (service account)` : session.userEmail],
    ['Status', isActiveAt(session, now) ? 'Active' : 'Inactive'],
    ['Signed in', `${at(session.createdAt)} (${timeZone}), ${signedInThrough(session)}`],
    ['Last activity', `${at(session.lastActivity)}, ${writeRelativeTime(session.lastActivity, now)}`],
    ['Duration', writeMinutes(durationMinutes(session))],
    ...ending(session, at),
    ['IP address', session.ipAddress],
    ...unlessSame('Last address', session.lastIpAddress, session.ipAddress),
    ['User agent', session.userAgent || 'Not told'],
    ...unlessSame('Last user agent', session.lastUserAgent, session.userAgent),
    ['Session id', session.requestId],
  ];
}

function ending({ endedAt, endReason, endedBy, expiresAt }: Session, at: (instant: Instant) => string): Fact[] {
  if (endedAt === undefined) return [['Expires', at(expiresAt)]];
  const why = endReason ? `, ${endReasonLabels[endReason].toLowerCase()}` : '';
  return [['Ended', `${at(endedAt)}${why}${endedBy === undefined ? '' : ` by ${endedBy}`}`]];
}

function unlessSame(name: string, value: string, former: string): Fact[] {
  return value === former || value === '' ? [] : [[name, value]];
}
