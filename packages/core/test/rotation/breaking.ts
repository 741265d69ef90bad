/** How a rule is broken: some cases are judged otherwise, all others as ever. */
import { type Instant, toMilliseconds } from '../../src/instant.ts';
import type { RememberedJudgement, RotationJudgement, RotationSettings, TokenState } from '../../src/rotation.ts';
import { type Rules, rules } from './rules.ts';

/** What a broken rule may go by. As in the model, the token is numbered from the current one. */
export interface Facts {
  readonly token: number;
  /** Of the generation that the row or the memory has, by the clock that the rule is shown. */
  readonly ageMs: number;
  readonly settings: RotationSettings;
}

export interface RememberedFacts extends Facts {
  readonly heldMs: number;
  /** Whether the rule as it is would let the token in. */
  readonly isKnown: boolean;
}

type Otherwise<Known, Judgement> = (facts: Known) => Judgement | false | undefined;

/** Only while the session has not ended: with one rule broken, the others stay whole. */
export function judging(otherwise: Otherwise<Facts, RotationJudgement>): Partial<Rules> {
  return {
    judgeFromDatabase: (row, presented, databaseNow, settings) => {
      const judgement = !row.ended && otherwise(factsOf(row, presented, databaseNow, settings));
      return judgement || rules.judgeFromDatabase(row, presented, databaseNow, settings);
    },
  };
}

export function remembering(otherwise: Otherwise<RememberedFacts, RememberedJudgement>): Partial<Rules> {
  return {
    judgeFromMemory: (remembered, presented, nodeNow, settings) => {
      const answer = rules.judgeFromMemory(remembered, presented, nodeNow, settings);
      const facts = factsOf(remembered, presented, nodeNow, settings);
      const heldMs = toMilliseconds(nodeNow) - toMilliseconds(remembered.readAt);
      return (!remembered.ended && otherwise({ ...facts, heldMs, isKnown: answer !== 'ask-database' })) || answer;
    },
  };
}

function factsOf({ generation, confirmedAt }: TokenState, presented: number, now: Instant, settings: RotationSettings) {
  return { token: presented - generation, ageMs: toMilliseconds(now) - toMilliseconds(confirmedAt), settings };
}
