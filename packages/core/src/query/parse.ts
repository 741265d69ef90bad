/** From the text of a search to what it means. */
import type { Instant } from '../instant.ts';
import { maxSearchTerms } from '../search.ts';
import type { QueryError, QueryErrorCode } from './query-error.ts';
import type { Place, Query } from './syntax.ts';
import { type Token, tokensOf } from './tokens.ts';
import { TreeReader } from './tree-reader.ts';

/** Longer than anybody types, and short enough to be read at every key press. */
export const maxQueryLength = 2000;

/** How deep parentheses may be nested. */
export const maxQueryDepth = 32;

export interface ParsedQuery {
  readonly text: string;
  /** What was understood. */
  readonly tree: Query;
  /** From left to right. */
  readonly errors: readonly QueryError[];
}

/**
 * Reads a search. Never throws: what is no operator is plain text, quotes and parentheses that are left open close at the end. A term with a wrong value is an
 * error and is left out of the tree; so is an `OR` beside which there is nothing. A text that is too long, too deep or has too many terms
 * is one error, and its tree matches everything.
 *
 * @param now what relative values count back from.
 */
export function parseQuery(text: string, { now }: { readonly now: Instant }): ParsedQuery {
  const tokens = tokensWithinLimits(text);
  const everything: Query = { kind: 'and', parts: [], at: { start: 0, end: text.length } };
  if (!Array.isArray(tokens)) return { text, tree: everything, errors: [tokens] };
  const reader = new TreeReader(tokens, now);
  const tree = reader.readAlternatives() ?? everything;
  return { text, tree, errors: reader.errors() };
}

/** What is wrong with a text that is too long, too deep or has too many terms to be read at all. */
export function excessOf(text: string): QueryError | undefined {
  const tokens = tokensWithinLimits(text);
  return Array.isArray(tokens) ? undefined : tokens;
}

function tokensWithinLimits(text: string): Token[] | QueryError {
  if (text.length > maxQueryLength) {
    return excess(
      'too-long',
      { start: maxQueryLength, end: text.length },
      `${maxQueryLength.toLocaleString('en')} characters`,
    );
  }
  const tokens: Token[] = [];
  let [terms, depth] = [0, 0];
  for (const token of tokensOf(text)) {
    terms += token.kind === 'words' ? token.words.length : Number(token.kind === 'operation');
    depth += Number(token.kind === 'open') - Number(token.kind === 'close');
    if (terms > maxSearchTerms) return excess('too-many-terms', token.at, `${maxSearchTerms} terms`);
    if (depth > maxQueryDepth) return excess('too-deep', token.at, `${maxQueryDepth} parentheses within each other`);
    tokens.push(token);
  }
  return tokens;
}

function excess(code: QueryErrorCode, { start, end }: Place, most: string): QueryError {
  return { code, start, end, message: `A search has at most ${most}.` };
}
