/** The rules, each time with one of them broken, and the property that then falls in some world. */
import { generationAgeLimit, type RememberedJudgement, type RotationJudgement } from '../../src/rotation.ts';
import { judging, remembering } from './breaking.ts';
import { type Rules, rules } from './rules.ts';
import { numberOf } from './terms.ts';
import type { Property } from './world.ts';
import type { WorldName } from './worlds.ts';

export interface BrokenRules {
  readonly rules: Partial<Rules>;
  readonly world: WorldName;
  readonly breaks: Property | 'a session rotates';
}

const letIn: RotationJudgement = { verdict: 'current', effect: 'none', carries: null };
const confirmed: RotationJudgement = { verdict: 'confirmed', effect: 'confirm', carries: null };
const race: RotationJudgement = { verdict: 'race', effect: 'none', carries: numberOf(0) };
const reuse: RotationJudgement = { verdict: 'reuse', effect: 'end', carries: null };
const refused: RotationJudgement = { verdict: 'forged', effect: 'none', carries: null };
const remembered: RememberedJudgement = { verdict: 'current', carriesNext: false };
const carrying: RememberedJudgement = { verdict: 'current', carriesNext: true };

const theCurrentToken: Record<string, BrokenRules> = {
  'is refused': {
    rules: judging(({ token }) => token === 0 && reuse),
    world: 'two requests',
    breaks: 'an honest request is let in',
  },
  'never carries the next one': {
    rules: {
      ...judging(({ token }) => token === 0 && letIn),
      ...remembering(({ isKnown }) => isKnown && remembered),
    },
    world: 'two requests',
    breaks: 'a session rotates',
  },
  'carries the next one at the limit and the skew, not beyond': {
    rules: remembering(
      ({ isKnown, ageMs, settings }) => isKnown && ageMs === generationAgeLimit(settings) + settings.skewMs && carrying,
    ),
    world: 'two requests',
    breaks: 'no token is handed out before it can be confirmed',
  },
  'carries the next one without regard to the skew': {
    rules: remembering(({ isKnown, ageMs, settings }) => isKnown && ageMs > generationAgeLimit(settings) && carrying),
    world: 'two requests',
    breaks: 'no token is handed out before it can be confirmed',
  },
};

const theNextToken: Record<string, BrokenRules> = {
  'is refused': {
    rules: judging(({ token }) => token === 1 && refused),
    world: 'two requests',
    breaks: 'no token is handed out before it can be confirmed',
  },
  'is never confirmed': {
    rules: judging(({ token }) => token === 1 && letIn),
    world: 'two requests',
    breaks: 'no token is handed out before it can be confirmed',
  },
  'is confirmed at the age limit, not beyond': {
    rules: judging(({ token, ageMs, settings }) => token === 1 && ageMs === generationAgeLimit(settings) && confirmed),
    world: 'two requests, a clock that is wrong beyond the skew',
    breaks: 'an honest request is let in',
  },
  'is carried and confirmed after rotateAfter, though the grace is longer': {
    rules: {
      ...judging(({ token, ageMs, settings }) => {
        if (token === 1 && ageMs > settings.rotateAfterMs) return confirmed;
        return token === 0 && ageMs > settings.rotateAfterMs + settings.skewMs && { ...letIn, carries: numberOf(1) };
      }),
      ...remembering(
        ({ isKnown, ageMs, settings }) => isKnown && ageMs > settings.rotateAfterMs + settings.skewMs && carrying,
      ),
    },
    world: 'two requests, rotating as often as the grace allows',
    breaks: 'an honest request is let in',
  },
  'is confirmed whatever has been confirmed meanwhile': {
    rules: {
      mayWrite: (effect, judged, row) => (effect === 'confirm' ? !row.ended : rules.mayWrite(effect, judged, row)),
    },
    world: 'two requests',
    breaks: 'generations follow each other one by one',
  },
  'is confirmed although the session has ended meanwhile': {
    rules: { mayWrite: (_effect, judged, row) => judged.generation === row.generation },
    world: 'two requests',
    breaks: 'an end is final',
  },
  'is refused when it comes early': {
    rules: judging(({ token, ageMs, settings }) => token === 1 && ageMs <= generationAgeLimit(settings) && refused),
    world: 'two requests, a clock that is wrong beyond the skew',
    breaks: 'an honest request is let in',
  },
  'is confirmed when it comes early': {
    rules: judging(({ token }) => token === 1 && confirmed),
    world: 'two requests, a clock that is wrong beyond the skew',
    breaks: 'an honest request is let in',
  },
  'carries the one after it when it comes early': {
    rules: judging(
      ({ token, ageMs, settings }) =>
        token === 1 && ageMs <= generationAgeLimit(settings) && { ...letIn, carries: numberOf(2) },
    ),
    world: 'two requests, a clock that is wrong beyond the skew',
    breaks: 'no token is handed out before it can be confirmed',
  },
};

const theTokenBefore: Record<string, BrokenRules> = {
  'is not given any grace': {
    rules: judging(({ token }) => token === -1 && reuse),
    world: 'two requests',
    breaks: 'an honest request is let in',
  },
  'is given less than the grace, not the whole of it': {
    rules: judging(({ token, ageMs, settings }) => token === -1 && ageMs === settings.graceMs && reuse),
    world: 'two requests',
    breaks: 'an honest request is let in',
  },
  'is given more than the grace': {
    rules: judging(({ token, ageMs, settings }) => token === -1 && ageMs === settings.graceMs + 1 && race),
    world: 'a request and a thief',
    breaks: 'a token outdated for longer than the grace is refused',
  },
  'shares its grace with all tokens before it': {
    rules: judging(({ token, ageMs, settings }) => token < 0 && ageMs <= settings.graceMs && race),
    world: 'a request and a thief',
    breaks: 'a token outdated for longer than the grace is refused',
  },
  'carries the next one': {
    rules: judging(
      ({ token, ageMs, settings }) => token === -1 && ageMs <= settings.graceMs && { ...race, carries: numberOf(1) },
    ),
    world: 'a request and a thief',
    breaks: 'no token is handed out before it can be confirmed',
  },
  'carries nothing': {
    rules: judging(
      ({ token, ageMs, settings }) => token === -1 && ageMs <= settings.graceMs && { ...race, carries: null },
    ),
    world: 'a request and a thief',
    breaks: 'whoever is let in late can go on',
  },
};

const anOutdatedToken: Record<string, BrokenRules> = {
  'is let in': {
    rules: judging(({ token, ageMs, settings }) => token < 0 && ageMs > settings.graceMs && letIn),
    world: 'a request and a thief',
    breaks: 'a token outdated for longer than the grace is refused',
  },
  'is refused, and nothing follows': {
    rules: judging(({ token, ageMs, settings }) => token < 0 && ageMs > settings.graceMs && refused),
    world: 'a request and a thief',
    breaks: 'a token outdated for longer than the grace ends the session',
  },
  'ends a session that has ended meanwhile': {
    rules: { mayWrite: (effect, judged, row) => effect === 'end' || rules.mayWrite(effect, judged, row) },
    world: 'a request and a thief',
    breaks: 'an end is final',
  },
};

const aTokenNeverHandedOut: Record<string, BrokenRules> = {
  'is let in': {
    rules: judging(({ token }) => token > 1 && letIn),
    world: 'two requests',
    breaks: 'a forged token changes nothing',
  },
  'ends the session': {
    rules: judging(({ token }) => token > 1 && reuse),
    world: 'two requests',
    breaks: 'a forged token changes nothing',
  },
  'is judged by its number, whatever its mac': {
    rules: { verifiesMac: false },
    world: 'two requests',
    breaks: 'a forged token changes nothing',
  },
};

const anEndedSession: Record<string, BrokenRules> = {
  'goes on for the database': {
    rules: {
      judgeFromDatabase: (row, ...asked) => rules.judgeFromDatabase({ ...row, ended: false }, ...asked),
    },
    world: 'two requests',
    breaks: 'an end is final',
  },
  'goes on in a memory that has heard of its end': {
    rules: { judgeFromMemory: (known, ...asked) => rules.judgeFromMemory({ ...known, ended: false }, ...asked) },
    world: 'two requests',
    breaks: 'an end is final',
  },
  'goes on once a late answer has been written over its end': {
    rules: { remember: (_known, answer) => answer },
    world: 'a request and answers that come late',
    breaks: 'an end is final',
  },
  'goes on for an answer that its end has overtaken': {
    rules: { looksAgain: false },
    world: 'two requests',
    breaks: 'an end is final',
  },
};

const aMemory: Record<string, BrokenRules> = {
  'is used for longer than the grace': {
    rules: remembering(({ token, heldMs, settings }) => token === 0 && heldMs === settings.graceMs + 1 && remembered),
    world: 'a request and a thief',
    breaks: 'a token outdated for longer than the grace is refused',
  },
  'shares the answer to its own question with requests that came later': {
    rules: { readsAnew: false },
    world: 'a request and answers that come late',
    breaks: 'an end is final',
  },
  'judges races by its own clock': {
    rules: remembering(
      ({ token, ageMs, heldMs, settings }) =>
        token === -1 && ageMs <= settings.graceMs && heldMs <= settings.graceMs && remembered,
    ),
    world: 'a request and a thief, a clock that is behind',
    breaks: 'a token outdated for longer than the grace is refused',
  },
};

/** By the row of the table, and by what stands beside the table. */
export const brokenRules = {
  'the current token': theCurrentToken,
  'the next token': theNextToken,
  'the token before': theTokenBefore,
  'an outdated token': anOutdatedToken,
  'a token never handed out': aTokenNeverHandedOut,
  'an ended session': anEndedSession,
  'a memory': aMemory,
};
