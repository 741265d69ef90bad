/** What PostgreSQL does in processes of its own and PGlite does not: checkpoints, vacuum, statistics for the planner. */
import type { ClientBase, Pool } from 'pg';
import { beginService } from '../pooled-database.ts';

export class Upkeep {
  readonly #pool: Pool;
  #checkpointed = '';

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** One round; cheap when little has changed since the last one. */
  async round(): Promise<void> {
    const client = await this.#pool.connect();
    try {
      // counts are otherwise a second late
      await client.query('reset role; select pg_stat_force_next_flush()');
      for (const table of await tablesDue(client)) await client.query(`vacuum (analyze) ${table}`);
      await this.#checkpoint(client);
      await beginService(client);
      client.release();
    } catch (error) {
      client.release(true);
      throw error;
    }
  }

  async #checkpoint(client: ClientBase): Promise<void> {
    if ((await logPosition(client)) === this.#checkpointed) return;
    await client.query('checkpoint');
    this.#checkpointed = await logPosition(client);
  }
}

async function logPosition(client: ClientBase): Promise<string> {
  const { rows } = await client.query<{ wal: string }>('select pg_current_wal_lsn()::text as wal');
  return rows[0]?.wal ?? '';
}

// What autovacuum would take: tables of which a tenth has changed. PGlite forgets its counts when it closes, so a table
// that it does not know to be analyzed is due too.
async function tablesDue(client: ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(`
    select format('%I.%I', schemaname, relname) as name
    from pg_stat_user_tables
    where (last_analyze is null and pg_relation_size(relid) > 0)
      or greatest(n_dead_tup, n_ins_since_vacuum, n_mod_since_analyze) > 1000 + n_live_tup / 10
    order by name`);
  return rows.map((row) => row.name);
}
