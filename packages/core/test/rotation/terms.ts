/** The model's tokens and ages in core's terms. Rules see nothing but differences of numbers and of instants: so the current token may always be number 10. */
import { type Instant, toInstant, toMilliseconds } from '../../src/instant.ts';
import type { RememberedTokenState, TokenState } from '../../src/rotation.ts';
import { now } from '../sessions.ts';
import type { Remembered, State } from './state.ts';

const current = 10;

export function numberOf(token: number): number {
  return current + token;
}

export function tokenOf(number: number): number {
  return number - current;
}

/** The instant so many ticks before now. */
export function ago(ticks: number): Instant {
  const known = instants.get(ticks);
  if (known) return known;
  const made = toInstant(toMilliseconds(now) - ticks);
  instants.set(ticks, made);
  return made;
}

export function rowOf({ age, ended }: State): TokenState {
  return { generation: current, confirmedAt: ago(age), ended: ended !== 'no' };
}

/** @param clockError by how many ticks the node's clock is ahead of the database's. */
export function rememberedOf(
  { generation, age, sinceRead, ended }: Remembered,
  clockError: number,
): RememberedTokenState {
  return { generation: numberOf(generation), confirmedAt: ago(age), readAt: ago(sinceRead - clockError), ended };
}

/** The other way round of {@link rememberedOf}, without an error. */
export function rememberedFrom({ generation, confirmedAt, readAt, ended }: RememberedTokenState): Remembered {
  return { generation: tokenOf(generation), age: ticksSince(confirmedAt), sinceRead: ticksSince(readAt), ended };
}

export function nameOf(token: number): string {
  if (token <= -2) return 'g-2 or older';
  if (token === 0) return 'g';
  return token < 0 ? `g${token}` : `g+${token}`;
}

const instants = new Map<number, Instant>();

function ticksSince(instant: Instant): number {
  return toMilliseconds(now) - toMilliseconds(instant);
}
