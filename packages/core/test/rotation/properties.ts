/** What must hold of every verdict, in whatever state it is given. */
import type { State, Travelling } from './state.ts';
import { ago, numberOf, rowOf } from './terms.ts';
import type { Property, World } from './world.ts';

export interface Judgement {
  readonly by: 'memory' | 'database';
  readonly accepted: boolean;
  readonly effect: 'none' | 'confirm' | 'end';
  readonly carries: number | undefined;
}

/** The property that is broken when this request is judged so, in this state. */
export function brokenBy(world: World, state: State, request: Travelling, judgement: Judgement): Property | undefined {
  const { accepted, effect } = judgement;
  const endIsKnown = judgement.by === 'memory' ? state.heard : state.ended !== 'no';
  if (accepted && endIsKnown) return 'an end is final';
  if (isLongOutdated(world, state, request.token)) {
    if (accepted) return 'a token outdated for longer than the grace is refused';
    if (effect !== 'end' && !endIsKnown) return 'a token outdated for longer than the grace ends the session';
  }
  const isHonest = request.by === 'client' && !state.thiefActed && state.ended !== 'terminated';
  if (isHonest && (!accepted || effect === 'end')) return 'an honest request is let in';
  if (!isCarriedInTime(world, state, judgement)) return 'no token is handed out before it can be confirmed';
  const isLate = judgement.by === 'database' && request.token < 0;
  return accepted && isLate && judgement.carries !== 0 ? 'whoever is let in late can go on' : undefined;
}

/** What a forger hears changes nothing: refused, and nothing is written. */
export function isHarmless({ accepted, effect, carries }: Judgement): boolean {
  return !accepted && effect === 'none' && carries === undefined;
}

function isLongOutdated({ settings }: World, { age }: State, token: number): boolean {
  return token < -1 || (token === -1 && age > settings.graceMs);
}

// A node whose clock is ahead by more than the skew cannot know better.
function isCarriedInTime(world: World, state: State, { carries = 0 }: Judgement): boolean {
  const isClockHonest = world.clockErrors.every((error) => error <= world.settings.skewMs);
  return carries < 1 || (carries === 1 && (!isClockHonest || isNextConfirmable(world, state)));
}

// A memory that has not heard of the end cannot know better either.
function isNextConfirmable({ rules, settings }: World, state: State): boolean {
  const row = { ...rowOf(state), ended: false };
  return rules.judgeFromDatabase(row, numberOf(1), ago(0), settings).effect === 'confirm';
}
