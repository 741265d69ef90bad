/** What the doctor looks at. */
import type { Instant } from '@rollcall/core/instant';
import type { Database } from '../database/database.ts';

export interface Examination {
  /** What is true when nothing is wrong. */
  readonly sound: string;
  /** Each difference, as a line of its own; none when it is sound. */
  examine(patient: Patient): Promise<string[]>;
}

export interface Patient {
  readonly database: Database;
  readonly clock: () => Instant;
}
