/** What a model is bounded by, and what it goes by. */
import type { RotationSettings } from '../../src/rotation.ts';
import type { Rules } from './rules.ts';

export interface World {
  readonly rules: Rules;
  /** A tick is one millisecond. */
  readonly settings: RotationSettings;
  /** How many requests of honest clients may be under way at once. */
  readonly clientRequests: number;
  /** How many of the thief's. */
  readonly thiefRequests: number;
  /** By how many ticks the clock of the node that remembers may differ from the database's, from one moment to the next. */
  readonly clockErrors: readonly number[];
  /** One that never goes back, or one that is overwritten by whatever response comes: a cookie jar. */
  readonly store: 'durable' | 'cookie-jar';
  /** Whether what the node reads into its memory may come late, or comes at once. */
  readonly answersAreLate: boolean;
}

export type Property =
  | 'an honest request is let in'
  | 'a token outdated for longer than the grace is refused'
  | 'a token outdated for longer than the grace ends the session'
  | 'an end is final'
  | 'generations follow each other one by one'
  | 'no token is handed out before it can be confirmed'
  | 'whoever is let in late can go on'
  | 'a forged token changes nothing';
