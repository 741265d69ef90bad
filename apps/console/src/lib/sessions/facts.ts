/** Everything known of a session, in words. */
import { durationMinutes, minutesOf, writeMinutes } from '@rollcall/core/duration';
import { type Instant, toMilliseconds, writeInstant } from '@rollcall/core/instant';
import { isActiveAt } from '@rollcall/core/lifetime';
import { networkOf } from '@rollcall/core/network-binding';
import { writeRelativeTime } from '@rollcall/core/relative-time';
import type { Session, SessionAnswer } from '@rollcall/core/schema/session';
import { writeMethodsAsTold } from './authentication-context.ts';
import { endReasonLabels } from './end-reason.ts';
import { signedInThrough } from './signed-in-through.ts';

type Fact = readonly [name: string, value: string];

/** In the order in which they are shown. What is the same as at sign-in is not said twice. */
export function factsOf(
  { session, device, expiresBy, tokenGeneration }: SessionAnswer,
  { now, timeZone }: { now: Instant; timeZone: string },
): Fact[] {
  const at = (instant: Instant) => writeInstant(instant, timeZone);
  return [
    ['User', session.accountType === 'service' ? `${session.userEmail} (service account)` : session.userEmail],
    ['Status', isActiveAt(session, now) ? 'Active' : 'Inactive'],
    ['Signed in', `${at(session.createdAt)} (${timeZone}), ${signedInThrough(session)}`],
    ...authentication(session, at),
    ['Last activity', `${at(session.lastActivity)}, ${writeRelativeTime(session.lastActivity, now)}`],
    ['Duration', writeMinutes(durationMinutes(session))],
    ...(session.apiKey ? [['API key', session.apiKey.name] as const] : []),
    ...ending(session, { at, expiresBy }),
    ['IP address', session.ipAddress],
    ['Network', networkOf(session.ipAddress)],
    ...unlessSame('Last address', lastAddressOf(session), session.ipAddress),
    ...deviceFacts(device),
    ['User agent', session.userAgent || 'Not told'],
    ...unlessSame('Last user agent', session.lastUserAgent, session.userAgent),
    ['Token', tokenGeneration === 1 ? 'The first one' : `Number ${tokenGeneration}`],
    ['Session id', session.requestId],
  ];
}

function authentication(
  { authenticationContext: context, createdAt }: Session,
  at: (instant: Instant) => string,
): Fact[] {
  if (!context) return [];
  const { contextClass, authenticatedAt } = context;
  return [
    ['Authenticated by', writeMethodsAsTold(context)],
    ...(contextClass === undefined ? [] : [['Authentication class', contextClass] as const]),
    ...(authenticatedAt === undefined
      ? []
      : [['Authenticated at', `${at(authenticatedAt)}${before(authenticatedAt, createdAt)}`] as const]),
  ];
}

// Whoever was known to the provider already has not proved it anew.
function before(authenticatedAt: Instant, createdAt: Instant): string {
  const minutes = Math.floor(minutesOf(toMilliseconds(createdAt) - toMilliseconds(authenticatedAt)));
  return minutes < 1 ? '' : `, ${writeMinutes(minutes)} before this session`;
}

const timeouts = {
  'idle-timeout': 'unless it is used before',
  'absolute-timeout': 'however much it is used: it is at its age limit then',
} as const;

interface Ending extends Pick<SessionAnswer, 'expiresBy'> {
  readonly at: (instant: Instant) => string;
}

function ending({ endedAt, endReason, endedBy, expiresAt }: Session, { at, expiresBy }: Ending): Fact[] {
  if (endedAt === undefined) return [['Expires', `${at(expiresAt)}, ${timeouts[expiresBy]}`]];
  const why = endReason ? `, ${endReasonLabels[endReason].toLowerCase()}` : '';
  return [['Ended', `${at(endedAt)}${why}${endedBy === undefined ? '' : ` by ${endedBy}`}`]];
}

const kinds = { desktop: 'Computer', mobile: 'Telephone', tablet: 'Tablet', tv: 'Television', bot: 'Robot' } as const;

function deviceFacts({ browser, browserVersion, system, kind, model }: SessionAnswer['device']): Fact[] {
  const known = [
    ['Browser', browser && browserVersion ? `${browser} ${browserVersion}` : browser],
    ['System', system],
    ['Device', [kind && kinds[kind], model].filter(Boolean).join(', ')],
  ] as const;
  return known.flatMap(([name, value]) => (value ? [[name, value] as const] : []));
}

function lastAddressOf({ ipAddress, lastIpAddress }: Session): string {
  const network = networkOf(lastIpAddress);
  return network === networkOf(ipAddress) ? lastIpAddress : `${lastIpAddress}, in another network: ${network}`;
}

function unlessSame(name: string, value: string, former: string): Fact[] {
  return value === former || value === '' ? [] : [[name, value]];
}
