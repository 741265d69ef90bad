import { sql, type Transaction } from 'kysely';
import type { Tables } from '../src/database/tables.ts';

/** How many sessions a transaction has read so far, those included that it passed over. */
export async function sessionsRead(tx: Transaction<Tables>): Promise<number> {
  const { rows } = await sql<{ read: number }>`
    select (seq_tup_read + idx_tup_fetch)::integer as read from pg_stat_xact_user_tables where relname = 'sessions'`.execute(
    tx,
  );
  return rows[0]?.read ?? 0;
}
