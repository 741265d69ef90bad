/** Ending what has run out, again and again. */
import type { Logger } from 'pino';
import { type Expiring, endExpired } from './end-expired.ts';

export interface Sweeping {
  /** Begins no further sweep, and resolves when none is under way. */
  stop(): Promise<void>;
}

/** The next sweep waits for the one before it. One that fails is logged, and made up for by the next. */
export function sweepEvery(intervalMs: number, expiring: Expiring, log: Logger): Sweeping {
  let underWay: Promise<void> | undefined;
  const timer = setInterval(() => {
    underWay ??= sweep().finally(() => {
      underWay = undefined;
    });
  }, intervalMs);
  return {
    async stop() {
      clearInterval(timer);
      await underWay;
    },
  };

  async function sweep(): Promise<void> {
    try {
      await endExpired(expiring);
    } catch (error) {
      log.warn({ err: error }, 'sessions that have run out could not be marked; readers know them all the same');
    }
  }
}
