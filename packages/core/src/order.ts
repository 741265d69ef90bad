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

// Each key's natural order is the one that is wanted.
const keys: Record<SortField, (session: Session) => string | number> = {
  userEmail: (session) => textOrder(session.userEmail),
  sessionName: (session) => textOrder(session.sessionName),
  ipAddress: (session) => addressOrder(session.ipAddress),
  userAgent: (session) => textOrder(session.userAgent),
  isActive: (session) => Number(session.isActive),
  createdAt: (session) => session.createdAt,
  lastActivity: (session) => session.lastActivity,
  duration: durationMilliseconds,
};

/**
 * `-createdAt` is by `createdAt`, descending.
 *
 * @throws RangeError for what is no {@link SessionSort}, which only a caller without types can bring about.
 */
export function parseSort(sort: SessionSort): Order {
  const field = sortFields.find((candidate) => sort === candidate || sort === `-${candidate}`);
  if (!field) throw new RangeError(`sessions cannot be sorted by ${sort}`);
  return { field, descending: sort !== field };
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

function compare<K extends string | number>(a: K, b: K): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

// JavaScript compares UTF-16 units, which puts U+10000 and above (and so surrogates) before U+E000 to U+FFFF; code points, and COLLATE "C", do not.
function textOrder(text: string): string {
  return text.replace(/[\ud800-\uffff]/g, (unit) => {
    const code = unit.charCodeAt(0);
    return String.fromCharCode(code < 0xe000 ? code + 0x2000 : code - 0x800);
  });
}
