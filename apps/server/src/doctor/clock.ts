/** Whether this machine and the database agree on the time. */
import { toMilliseconds } from '@rollcall/core/instant';
import { sql } from 'kysely';
import type { Examination } from './examination.ts';

const mostMilliseconds = 2000;

export const clocksAgree: Examination = {
  sound: 'the clocks of this machine and of the database differ by less than two seconds',
  async examine({ database, clock }) {
    const before = toMilliseconds(clock());
    const { rows } = await database.asMaintenance('doctor', (tx) =>
      sql<{ at: string }>`select clock_timestamp() as at`.execute(tx),
    );
    const after = toMilliseconds(clock());
    // somewhere between the two the database looked at its own
    const ahead = rows
      .map(({ at }) => toMilliseconds(at))
      .map((at) => Math.max(before - at, 0) || Math.min(after - at, 0));
    return ahead
      .filter((difference) => Math.abs(difference) >= mostMilliseconds)
      .map(
        (difference) =>
          `this machine is ${Math.abs(difference)} ms ${difference > 0 ? 'ahead of' : 'behind'} the database`,
      );
  },
};
