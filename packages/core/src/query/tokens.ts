/** The text of a search, cut into what it consists of. Any text can be cut; what has no meaning of its own is plain words. */
import { fold } from '../fold.ts';
import { searchTerms } from '../search.ts';
import { type Operator, operatorNamed } from './operators.ts';
import type { Place } from './syntax.ts';

export type Token = Mark | Words | Operation;

/** A `not` is a run of hyphens, of which every two cancel out. */
export interface Mark {
  readonly kind: 'open' | 'close' | 'not' | 'or';
  readonly at: Place;
}

/** Folded: what stands between two blanks, which folding may part further, or the one phrase between quotes. Blank phrases hold nothing. */
export interface Words {
  readonly kind: 'words';
  readonly words: readonly string[];
  readonly at: Place;
}

/** An operator's name, its colon and what follows; `value` is without its quotes, `valueAt` is with them. */
export interface Operation {
  readonly kind: 'operation';
  readonly operator: Operator;
  readonly value: string;
  readonly valueAt: Place;
  readonly at: Place;
}

const blank = /\s/;
const blanks = /\s+/y;
const hyphens = /-+/y;
const closings = /\)+/y;
const name = /([a-z]+):/iy;
const insideQuotes = /(?:[^"\\]|\\["\\]?)*/y;

/**
 * Yields the tokens from left to right, without looking back. `-` and `(` mean something only where a word could begin; a word may hold parentheses
 * in pairs, as in `f(x)`. `)` closes what is open; where nothing is, it is text, or a slip if it follows another one.
 */
export function* tokensOf(text: string): Generator<Token, void> {
  const surroundings: Surroundings = { depth: 0 };
  let position = skip(text, 0, blanks);
  while (position < text.length) {
    const token = tokenAt(text, position, surroundings);
    yield token;
    if (token.kind === 'open') surroundings.depth += 1;
    if (token.kind === 'close') surroundings.depth -= 1;
    surroundings.before = token;
    position = skip(text, token.at.end, blanks);
  }
}

interface Surroundings {
  depth: number;
  before?: Token;
}

function tokenAt(text: string, start: number, { depth, before }: Surroundings): Token {
  const character = text[start];
  if (character === '(') return { kind: 'open', at: { start, end: start + 1 } };
  if (character === ')' && depth > 0) return closeAt(text, start, depth);
  const quote = quoteAt(text, start);
  if (quote) return phraseOf(quote, start);
  if (character === '-') return hyphensAt(text, start, depth);
  const operation = operationAt(text, start, depth);
  if (operation) return operation;
  const end = wordEnd(text, start, depth);
  if (text.slice(start, end) === 'OR' && before?.kind !== 'not') return { kind: 'or', at: { start, end } };
  return wordAt(text, start, end);
}

// The last one takes all that follow it: too many of them are a slip, not a word.
function closeAt(text: string, start: number, depth: number): Mark {
  return { kind: 'close', at: { start, end: depth > 1 ? start + 1 : skip(text, start, closings) } };
}

// Hyphens before nothing are text.
function hyphensAt(text: string, start: number, depth: number): Token {
  const end = skip(text, start, hyphens);
  return endsWord(text, end, depth) ? wordAt(text, start, end) : { kind: 'not', at: { start, end } };
}

function operationAt(text: string, start: number, depth: number): Operation | undefined {
  const [prefix = '', written = ''] = matchAt(text, start, name) ?? [];
  const operator = operatorNamed(written);
  if (!operator) return undefined;
  const valueStart = start + prefix.length;
  const quote = quoteAt(text, valueStart);
  const end = quote ? quote.end : wordEnd(text, valueStart, depth);
  const value = quote ? quote.inner : text.slice(valueStart, end);
  return { kind: 'operation', operator, value, valueAt: { start: valueStart, end }, at: { start, end } };
}

interface Quote {
  /** What the quotes mean, without them. */
  readonly inner: string;
  readonly end: number;
}

// A quote that is missing at the end is taken for there.
function quoteAt(text: string, start: number): Quote | undefined {
  if (text[start] !== '"') return undefined;
  const innerEnd = skip(text, start + 1, insideQuotes);
  const inner = text.slice(start + 1, innerEnd).replace(/\\(["\\])/g, '$1');
  return { inner, end: Math.min(innerEnd + 1, text.length) };
}

// A line break parts the fields of the text that is searched.
function phraseOf({ inner, end }: Quote, start: number): Words {
  const phrase = fold(inner.replace(/\n+/g, ' '));
  return { kind: 'words', words: phrase.trim() === '' ? [] : [phrase], at: { start, end } };
}

function wordAt(text: string, start: number, end: number): Words {
  return { kind: 'words', words: searchTerms(text.slice(start, end)), at: { start, end } };
}

function wordEnd(text: string, start: number, depth: number): number {
  let pairs = 0;
  let end = start;
  for (; !endsWord(text, end, pairs > 0 ? 0 : depth); end += 1) {
    if (text[end] === '(') pairs += 1;
    if (text[end] === ')' && pairs > 0) pairs -= 1;
  }
  return end;
}

function endsWord(text: string, at: number, depth: number): boolean {
  const character = text[at];
  return character === undefined || blank.test(character) || (character === ')' && depth > 0);
}

function skip(text: string, from: number, pattern: RegExp): number {
  return from + (matchAt(text, from, pattern)?.[0].length ?? 0);
}

// A sticky expression keeps its place between calls.
function matchAt(text: string, from: number, pattern: RegExp): RegExpExecArray | null {
  pattern.lastIndex = from;
  return pattern.exec(text);
}
