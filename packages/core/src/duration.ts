/** How long a session lasted, in milliseconds or minutes. */
import { toMilliseconds } from './instant.ts';
import type { Session } from './schema/session.ts';

const millisecondsPerMinute = 60_000;
const number = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });

/** `lastActivity - createdAt` in milliseconds, never below zero: the two may come from clocks that differ. */
export function durationMilliseconds(session: Pick<Session, 'createdAt' | 'lastActivity'>): number {
  return Math.max(0, toMilliseconds(session.lastActivity) - toMilliseconds(session.createdAt));
}

/** Whole minutes, rounded down: 59,999 ms are 0. */
export function durationMinutes(session: Pick<Session, 'createdAt' | 'lastActivity'>): number {
  return Math.floor(durationMilliseconds(session) / millisecondsPerMinute);
}

/** Exact minutes. */
export function minutesOf(milliseconds: number): number {
  return milliseconds / millisecondsPerMinute;
}

/** `125 min`, `1,051,200 min`; at most one decimal (`12.3 min`). */
export function writeMinutes(minutes: number): string {
  return `${number.format(minutes)} min`;
}
