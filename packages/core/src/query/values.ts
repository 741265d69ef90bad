/** The kinds of values that operators take, and how each is read. */
import { fold } from '../fold.ts';
import { type Instant, toInstant } from '../instant.ts';
import { canonicalAddress, parseNetwork } from './network.ts';
import { ofAge, parseLength, parseMoment } from './quantity.ts';
import { type Misfit, type Operand, parseRange, type Range } from './range.ts';
import type { Condition, During } from './syntax.ts';

type WithoutPlace<C> = C extends unknown ? Omit<C, 'at'> : never;

/** A condition whose place in the text is not yet known. */
export type Reading = WithoutPlace<Condition>;

/** Reads a value, which is never empty. What is relative counts back from `now`. */
export type ReadValue = (value: string, now: Instant) => Reading | Misfit;

/** The values of a closed list, in its order: one, or several between `|`. Case is ignored. */
export function choice<V extends string>(list: readonly V[], read: (values: V[]) => Reading): ReadValue {
  return function readChoice(value) {
    const asked = fold(value).split('|');
    const isKnown = asked.every((name) => list.some((known) => known === name));
    return isKnown ? read(list.filter((known) => asked.includes(known))) : 'unreadable';
  };
}

/** Part of an e-mail, or after `=` the whole of it. */
export function readUser(value: string): Reading {
  const isWhole = value.startsWith('=') && value.length > 1;
  if (isWhole) return { kind: 'is', field: 'user', text: fold(value.slice(1)) };
  return { kind: 'contains', field: 'user', text: fold(value) };
}

/** Part of an address, or with a `/` a network. */
export function readAddress(value: string): Reading | Misfit {
  if (!value.includes('/')) return { kind: 'contains', field: 'ip', text: fold(canonicalAddress(value)) };
  const network = parseNetwork(value);
  return network ? { kind: 'within', field: 'ip', network } : 'unreadable';
}

/** Days and instants, or ages that count back from now. */
export function moments(field: During['field']): ReadValue {
  return function readMoments(value, now) {
    const instants = parseRange(value, parseMoment);
    if (instants !== 'unreadable') return instants === 'backward' ? instants : duringOf(field, instants);
    const age = parseRange(value, parseLength);
    return typeof age === 'string' ? age : duringOf(field, ofAge(age, now));
  };
}

/** Numbers of a kind. */
export function numbers(
  field: 'duration' | 'idle' | 'concurrent',
  read: (text: string) => Operand | undefined,
): ReadValue {
  return function readNumbers(value) {
    const range = parseRange(value, read);
    return typeof range === 'string' ? range : { kind: 'between', field, ...range };
  };
}

// What lies before the first instant of all or after the last becomes that one.
function duringOf(field: During['field'], { from, to }: Range): Reading {
  return {
    kind: 'during',
    field,
    ...(from !== undefined && { from: toInstant(from) }),
    ...(to !== undefined && { to: toInstant(to) }),
  };
}
