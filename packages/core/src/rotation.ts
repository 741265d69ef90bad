/** What a session's token is worth by its number: the rule by which tokens rotate, are confirmed, and betray that they were stolen. */
import { type Instant, toMilliseconds } from './instant.ts';

export interface RotationSettings {
  /** How old a token gets before its session is handed the next one. */
  readonly rotateAfterMs: number;
  /** How long an outdated token is still taken for a slow request, and how long a node's memory is used. */
  readonly graceMs: number;
  /** How far a node's clock may be ahead of the database's. */
  readonly skewMs: number;
}

/** What the database knows of a session's tokens. */
export interface TokenState {
  /** The number of the token that was confirmed last. */
  readonly generation: number;
  /** When it was confirmed: the database's clock. */
  readonly confirmedAt: Instant;
  /** Whether the session has ended or run out. */
  readonly ended: boolean;
}

/** What a node remembers of a session's tokens. */
export interface RememberedTokenState extends TokenState {
  /** When the node asked for what it remembers: its own clock, before the question left. */
  readonly readAt: Instant;
}

/** The answer of a node's memory. With `carriesNext`, the response hands out the token after the presented one. */
export interface RememberedJudgement {
  readonly verdict: 'current';
  readonly carriesNext: boolean;
}

/**
 * - `current`: accepted. Also the token after the current one while the current one is too young to be outdated (a node whose clock is ahead
 *   handed it out early): nothing follows from it, and no token is carried.
 * - `confirmed`: accepted, and from now on the current one.
 * - `race`: accepted; the token before the current one, from a request that was slower than the one that confirmed.
 * - `reuse`: refused; a token outdated for longer than the grace is in use, so there are two holders. The session ends with `token-reuse`.
 * - `ended`: refused; the session had ended or run out before.
 * - `forged`: refused; a number that was never handed out. The database was rolled back, or a key has leaked.
 */
export type RotationVerdict = 'current' | 'confirmed' | 'race' | 'reuse' | 'ended' | 'forged';

export interface RotationJudgement {
  readonly verdict: RotationVerdict;
  /** What has to be written before the verdict may be acted on; see {@link judgeFromDatabase}. */
  readonly effect: 'none' | 'confirm' | 'end';
  /** The number of the token that the response hands out. */
  readonly carries: number | null;
}

/** The age that a token must exceed to be outdated. Never less than the grace: else a slow request could be two tokens behind, and look like theft. */
export function generationAgeLimit({ rotateAfterMs, graceMs }: RotationSettings): number {
  return Math.max(rotateAfterMs, graceMs);
}

/**
 * Judges the token of number `presented`, whose mac is right, by what a node remembers.
 *
 * A memory can say nothing but `current`, and that only up to `graceMs` after it was read; anything else is the database's to judge. The next token is
 * carried once the current one is older than its limit and `skewMs` together: so a clock that is ahead by no more than that hands nothing out early.
 *
 * @param nodeNow the node's clock, like `readAt`. Where it has been set back behind `readAt`, the memory's age is unknown, and the database is asked.
 */
export function judgeFromMemory(
  remembered: RememberedTokenState,
  presented: number,
  nodeNow: Instant,
  settings: RotationSettings,
): RememberedJudgement | 'ask-database' {
  const heldMs = elapsedMs(remembered.readAt, nodeNow);
  if (heldMs < 0 || heldMs > settings.graceMs) return 'ask-database';
  if (remembered.ended || presented !== remembered.generation) return 'ask-database';
  return { verdict: 'current', carriesNext: isNextDue(remembered, nodeNow, settings) };
}

/**
 * Judges the token of number `presented`, whose mac is right, by a row that was read for this very request: a row that was asked for before the request
 * came is memory to it. A wrong mac is `forged` before its number means anything.
 *
 * An effect is one UPDATE that repeats the judged facts: the same `generation`, the same `confirmedAt` (of which the age can only have grown), and not
 * ended. `confirm` sets the generation to `presented` and its instant to the database's clock; `end` ends the session with `token-reuse`. Where no row
 * was changed, the verdict is void: read again, judge again. So an end beats a rotation, whichever of the two was judged first.
 *
 * @param databaseNow the database's clock as of the read.
 */
export function judgeFromDatabase(
  row: TokenState,
  presented: number,
  databaseNow: Instant,
  settings: RotationSettings,
): RotationJudgement {
  const { generation, confirmedAt, ended } = row;
  if (presented > generation + 1) return { verdict: 'forged', effect: 'none', carries: null };
  if (ended) return { verdict: 'ended', effect: 'none', carries: null };
  if (presented === generation) {
    const carries = isNextDue(row, databaseNow, settings) ? generation + 1 : null;
    return { verdict: 'current', effect: 'none', carries };
  }
  const ageMs = elapsedMs(confirmedAt, databaseNow);
  if (presented > generation) {
    if (ageMs > generationAgeLimit(settings)) return { verdict: 'confirmed', effect: 'confirm', carries: null };
    return { verdict: 'current', effect: 'none', carries: null };
  }
  if (presented === generation - 1 && ageMs <= settings.graceMs) {
    return { verdict: 'race', effect: 'none', carries: generation };
  }
  return { verdict: 'reuse', effect: 'end', carries: null };
}

/** What a node remembers once an answer has come, however late: an end never reverts, the generation never falls, and the newer read counts. */
export function remember(
  remembered: RememberedTokenState | undefined,
  answer: RememberedTokenState,
): RememberedTokenState {
  if (!remembered) return answer;
  const newer = isNewer(answer, remembered) ? answer : remembered;
  return { ...newer, ended: remembered.ended || answer.ended };
}

/** Whether a request with this verdict is let in. */
export function isAccepted(verdict: RotationVerdict): boolean {
  return verdict === 'current' || verdict === 'confirmed' || verdict === 'race';
}

function isNextDue({ confirmedAt }: TokenState, now: Instant, settings: RotationSettings): boolean {
  return elapsedMs(confirmedAt, now) > generationAgeLimit(settings) + settings.skewMs;
}

function isNewer(answer: RememberedTokenState, remembered: RememberedTokenState): boolean {
  if (answer.generation !== remembered.generation) return answer.generation > remembered.generation;
  return answer.readAt > remembered.readAt;
}

function elapsedMs(from: Instant, to: Instant): number {
  return toMilliseconds(to) - toMilliseconds(from);
}
