/** The order of sessions in a list. */
import { addressOrder } from './address.ts';
import { durationMilliseconds } from './duration.ts';
import type { Session } from './schema/session.ts';
import type { SessionSort } from './schema/session-list.ts';

/** What a list can be sorted by: the wire's field names, and `duration`. */
export const sortFields = [
  'userEmail',
  'sessionName',
  'ipAddress',
  'userAgent',
  'isActive',
  'createdAt',
  'lastActivity',
  'duration',
] as const;
export type SortField = (typeof sortFields)[number];

export interface Order {
  readonly field: SortField;
  readonly descending: boolean;
}

const keys: Record<SortField, (session: Session) => string | number> = {
  userEmail: (session) => session.userEmail,
  sessionName: (session) => session.sessionName,
  ipAddress: (session) => addressOrder(session.ipAddress),
  userAgent: (session) => session.userAgent,
  isActive: (session) => Number(session.isActive),
  createdAt: (session) => session.createdAt,
  lastActivity: (session) => session.lastActivity,
  duration: durationMilliseconds,
};

/** `-createdAt` is by `createdAt`, descending. */
export function parseSort(sort: SessionSort): Order {
  const name = sort.replace('-', '');
  const field = sortFields.find((candidate) => candidate === name) ?? 'createdAt';
  return { field, descending: sort.startsWith('-') };
}

/** The other way round of {@link parseSort}. */
export function writeSort({ field, descending }: Order): SessionSort {
  return descending ? `-${field}` : field;
}

/**
 * A new list in that order: text by code point, addresses by number, inactive before active. Ties are broken by `requestId` in the same direction, so
 * that no two sessions are equal, pages never overlap, and turning the order round turns the list round.
 */
export function orderSessions<S extends Session>(sessions: readonly S[], sort: SessionSort): S[] {
  const { field, descending } = parseSort(sort);
  const key = keys[field];
  const direction = descending ? -1 : 1;
  return sessions
    .map((session) => ({ session, key: key(session) }))
    .sort((a, b) => direction * (compare(a.key, b.key) || compare(a.session.requestId, b.session.requestId)))
    .map(({ session }) => session);
}

function compare(a: string | number, b: string | number): number {
  if (typeof a === 'string' && typeof b === 'string') return compareText(a, b);
  return a < b ? -1 : a > b ? 1 : 0;
}

// UTF-16 order differs from code-point order (and from COLLATE "C") only where a surrogate meets U+E000 to U+FFFF.
function compareText(a: string, b: string): number {
  const end = Math.min(a.length, b.length);
  for (let i = 0; i < end; i += 1) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) return codePointRank(x) - codePointRank(y);
  }
  return a.length - b.length;
}

function codePointRank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
