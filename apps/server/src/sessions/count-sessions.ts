/** How many sessions there are in a list: exactly where that is kept or soon counted, otherwise up to a limit. */
import { may } from '@rollcall/core/permission';
import type { SessionListQuery } from '@rollcall/core/schema/session-list';
import { type RawBuilder, sql, type Transaction } from 'kysely';
import type { Tables } from '../database/tables.ts';
import type { Reader } from './matching-sessions.ts';
import { readFigures } from './read-statistics.ts';

/** Beyond this many a search is no longer counted. */
export const mostCounted = 10_000;

export interface Total {
  readonly total: number;
  /** Where it is not, there are more than `total`. */
  readonly totalIsExact: boolean;
}

interface Counted extends Pick<SessionListQuery, 'status'> {
  readonly asksNothing: boolean;
  readonly found: RawBuilder<boolean>;
}

export async function countSessions(tx: Transaction<Tables>, reader: Reader, counted: Counted): Promise<Total> {
  const { asksNothing, status, found } = counted;
  if (asksNothing && may(reader.actor, 'users:manage')) {
    const { total, active } = await readFigures(tx, reader);
    return { total: { all: total, active, inactive: total - active }[status], totalIsExact: true };
  }
  return await countUpTo(tx, found);
}

export async function countUpTo(tx: Transaction<Tables>, found: RawBuilder<boolean>): Promise<Total> {
  const { rows } = await sql<{ total: number }>`
    select count(*) as total from (select from sessions where ${found} limit ${mostCounted + 1}) as first_ones`.execute(
    tx,
  );
  const total = rows[0]?.total ?? 0;
  return { total: Math.min(total, mostCounted), totalIsExact: total <= mostCounted };
}
