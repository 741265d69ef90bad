/** The order of sessions in a list. */
import { addressOrder } from './address.ts';
import { durationMilliseconds } from './duration.ts';
import { toMilliseconds } from './instant.ts';
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

type KeyOf<Key> = (session: Session) => Key;

const numbers = {
  createdAt: (session) => toMilliseconds(session.createdAt),
  lastActivity: (session) => toMilliseconds(session.lastActivity),
  duration: durationMilliseconds,
} satisfies Partial<Record<SortField, KeyOf<number>>>;

// What many sessions have alike, by a text that sorts as it should. Different values have different ones.
const texts = {
  isActive: (isActive) => isActive,
  userEmail: textOrder,
  sessionName: textOrder,
  ipAddress: addressOrder,
  userAgent: textOrder,
} satisfies Partial<Record<SortField, (text: string) => string>>;

function isNumber(field: SortField): field is keyof typeof numbers {
  return Object.hasOwn(numbers, field);
}

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
  const ordered = isNumber(field) ? byNumber(sessions, numbers[field]) : byText(sessions, field);
  return descending ? ordered.reverse() : ordered;
}

function byNumber<S extends Session>(sessions: readonly S[], keyOf: KeyOf<number>): S[] {
  const keyed = sessions.map((session) => ({ key: keyOf(session), session }));
  keyed.sort((a, b) => a.key - b.key || (a.session.requestId < b.session.requestId ? -1 : 1));
  return keyed.map(({ session }) => session);
}

// Many sessions have the same text: each is sorted once.
function byText<S extends Session>(sessions: readonly S[], field: keyof typeof texts): S[] {
  const keyOf = texts[field];
  const alike = Array.from(
    Map.groupBy(sessions, (session) => String(session[field])),
    ([text, group]) => ({ key: keyOf(text), group }),
  );
  alike.sort((a, b) => (a.key < b.key ? -1 : 1));
  return joined(alike.map(({ group }) => group));
}

function joined<S extends Session>(groups: readonly S[][]): S[] {
  const all: S[] = [];
  for (const group of groups) {
    if (group.length > 1) group.sort((a, b) => (a.requestId < b.requestId ? -1 : 1));
    for (const session of group) all.push(session);
  }
  return all;
}

// JavaScript compares UTF-16 units, which puts U+10000 and above (and so surrogates) before U+E000 to U+FFFF; code points, and COLLATE "C", do not.
function textOrder(text: string): string {
  return text.replace(/[\ud800-\uffff]/g, (unit) => {
    const code = unit.charCodeAt(0);
    return String.fromCharCode(code < 0xe000 ? code + 0x2000 : code - 0x800);
  });
}
