/** Ending what has run out, and adding up what has changed, again and again. */
import { sql } from 'kysely';
import type { Logger } from 'pino';
import { endExpiredKeys } from '../api-keys/end-expired-keys.ts';
import { removeOutdated } from '../authentication/sign-in-limit.ts';
import type { Database } from '../database/database.ts';
import { forgetSpent } from '../single-sign-on/spend-token.ts';
import { type Expiring, endExpired } from './end-expired.ts';
import { removeOld } from './remove-old.ts';

export interface Sweeping {
  /** Begins no further sweep, and resolves when none is under way. */
  stop(): Promise<void>;
}

interface Sweep extends Expiring {
  readonly database: Database;
  /** For how long inactive sessions are kept, where an organization has not chosen. */
  readonly retentionDays: number;
}

/** The next sweep waits for the one before it. One that fails is logged, and made up for by the next. */
export function sweepEvery(intervalMs: number, sweep: Sweep, log: Logger): Sweeping {
  let underWay: Promise<void> | undefined;
  const timer = setInterval(() => {
    underWay ??= once().finally(() => {
      underWay = undefined;
    });
  }, intervalMs);
  return {
    async stop() {
      clearInterval(timer);
      await underWay;
    },
  };

  async function once(): Promise<void> {
    try {
      await endExpired(sweep);
      await endExpiredKeys(sweep);
      await removeOld(sweep);
      await sweep.database.asMaintenance('retention', (tx) => removeOutdated(tx, sweep.clock()));
      await forgetSpent(sweep.database, sweep.clock());
      await addUpCounts(sweep.database);
    } catch (error) {
      log.warn(
        { err: error },
        'sessions that have run out could not be marked, or figures added up; readers are told the truth all the same',
      );
    }
  }
}

// The changes of some seconds become one figure for each organization.
async function addUpCounts(database: Database): Promise<void> {
  await database.asMaintenance('expiry', (tx) => sql`select add_up_session_counts()`.execute(tx));
}
