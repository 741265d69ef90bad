/** What a search was understood as, piece by piece, for a field that shows it. */
import { operatorNamed } from './operators.ts';
import type { ParsedQuery } from './parse.ts';
import type { Place, Query } from './syntax.ts';

/** One of the terms that all must hold; `text` is what was written from `start` until `end`. */
export interface Chip extends Place {
  readonly text: string;
  /** The same for people: `IP address: 10.0.0.0/8`, `not Status: active`, or just what was written. */
  readonly label: string;
}

/**
 * The terms that all must hold, from left to right. What is joined by `OR` is one term, and so is what stands in parentheses. What was not understood is
 * not among them.
 */
export function chipsOf({ text, tree }: ParsedQuery): Chip[] {
  const terms = isSideBySide(tree) ? tree.parts : [tree];
  return terms
    .filter((term, index) => !isEmpty(term) && term.at.start !== terms[index - 1]?.at.start)
    .map((term) => ({ ...term.at, text: written(text, term), label: labelOf(text, term) }));
}

/** The search without one of its {@link chipsOf}; what is left means what it meant. */
export function withoutChip(text: string, { start, end }: Place): string {
  // Blanks at the very end may belong to a quote that is still open.
  const sides = [text.slice(0, start).trim(), text.slice(end).trimStart()];
  return sides.filter((side) => side !== '').join(' ');
}

// What stands in parentheses begins before its first part, and of a word that folds to several all have one place.
function isSideBySide(tree: Query): tree is Query & { kind: 'and' } {
  return tree.kind === 'and' && tree.parts[0]?.at.start === tree.at.start;
}

function isEmpty(term: Query): boolean {
  return term.kind === 'and' && term.parts.length === 0;
}

function labelOf(text: string, term: Query): string {
  if (term.kind === 'not') return `not ${labelOf(text, term.part)}`;
  const [, name = '', value = ''] = /^([a-z]+):(.*)$/is.exec(written(text, term)) ?? [];
  const operator = 'field' in term ? operatorNamed(name) : undefined;
  return operator ? `${operator.title}: ${value}` : written(text, term);
}

function written(text: string, { at }: Query): string {
  return text.slice(at.start, at.end);
}
