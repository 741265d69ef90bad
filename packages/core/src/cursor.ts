/** A place in a list by time: what comes after it stays the same, however many sessions or events there are by then. */
import { type Instant, parseInstant } from './instant.ts';
import { parseSort } from './order.ts';
import type { Session } from './schema/session.ts';
import type { SessionSort } from './schema/session-list.ts';

/** What a page ended with: events of one instant have the order of their ids. */
export interface Place {
  readonly at: Instant;
  readonly id: string;
}

/** `<at>_<id>`; callers hand it back as it is. */
export function writePlace({ at, id }: Place): string {
  return `${at}_${id}`;
}

/** The other way round of {@link writePlace}; undefined for any other text. */
export function parsePlace(text: string): Place | undefined {
  const [, written = '', id] = /^([^_]+)_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(text) ?? [];
  const at: Instant | undefined = parseInstant(written);
  return id !== undefined && at === written ? { at, id } : undefined;
}

/** The session that a page ended with. */
export type Cursor = Pick<Session, 'createdAt' | 'requestId'>;

export function writeCursor({ createdAt, requestId }: Cursor): string {
  return writePlace({ at: createdAt, id: requestId });
}

/** The other way round of {@link writeCursor}; undefined for any other text. */
export function parseCursor(text: string): Cursor | undefined {
  const place = parsePlace(text);
  return place && { createdAt: place.at, requestId: place.id };
}

/** Whether a list in that order has cursors: only the instant of sign-in never changes. */
export function hasCursors(sort: SessionSort): boolean {
  return parseSort(sort).field === 'createdAt';
}

/** What hands on to whatever comes after a full page; undefined after the last one, and in an order that has no cursors. */
export function nextCursor(page: readonly Cursor[], { sort, pageSize }: { sort: SessionSort; pageSize: number }) {
  const last = page.at(-1);
  return last && page.length === pageSize && hasCursors(sort) ? writeCursor(last) : undefined;
}

/** Whether a session comes after a cursor, in an order that has them. A text that is none is before everything. */
export function isBeyond(session: Cursor, cursor: string, sort: SessionSort): boolean {
  const place = parseCursor(cursor);
  if (place === undefined) return true;
  const [before, after] = parseSort(sort).descending ? [session, place] : [place, session];
  if (before.createdAt !== after.createdAt) return before.createdAt < after.createdAt;
  return before.requestId < after.requestId;
}
