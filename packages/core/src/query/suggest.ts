/** What could be written where somebody is writing a search. */
import { operators } from './operators.ts';
import { maxQueryLength } from './parse.ts';
import type { Place } from './syntax.ts';
import { type Operation, type Token, tokensOf } from './tokens.ts';

export interface Suggestion {
  /** What stands in the place instead: an operator with its colon, or a value. */
  readonly text: string;
  /** A sentence about an operator. */
  readonly description?: string;
}

/** What fits between `start` and `end` of a text, in the order in which it is offered. */
export interface Suggestions extends Place {
  readonly suggestions: readonly Suggestion[];
}

/**
 * What fits where the caret is: values, within the value of an operator; otherwise operators that begin with what stands before the caret. Nothing does
 * within quotes, in front of a word, and where the text is too long to be read; what is already there is not offered again.
 *
 * @param caret in UTF-16 units; a place beyond the text is taken for its nearest end.
 */
export function suggestAt(text: string, caret: number): Suggestions {
  const at = Math.min(Math.max(caret, 0), text.length);
  const nothing = { start: at, end: at, suggestions: [] };
  if (text.length > maxQueryLength) return nothing;
  const token = tokenAround(text, at);
  if (token?.kind === 'operation' && at >= token.valueAt.start) return valuesAt(text, at, token);
  const place = placeOfName(text, at, token);
  return place ? operatorsAt(text, at, place) : nothing;
}

// Where two meet, the one that is being written is the one before the caret.
function tokenAround(text: string, caret: number): Token | undefined {
  for (const token of tokensOf(text)) {
    if (caret <= token.at.end) return token.at.start < caret ? token : undefined;
  }
  return undefined;
}

function placeOfName(text: string, caret: number, token: Token | undefined): Place | undefined {
  const here = { start: caret, end: caret };
  switch (token?.kind) {
    case 'operation':
      return { start: token.at.start, end: token.valueAt.start };
    case 'words':
      if (text[token.at.start] === '"') return undefined;
      // Hyphens are only text as long as nothing follows.
      return /^-+$/.test(text.slice(token.at.start, token.at.end)) ? here : token.at;
    case 'or':
    case 'close':
      return undefined;
    default:
      return /^(?:[\s)]|$)/.test(text.slice(caret, caret + 1)) ? here : undefined;
  }
}

function operatorsAt(text: string, caret: number, { start, end }: Place): Suggestions {
  const begun = text.slice(start, caret).toLowerCase();
  const present = text.slice(start, end).toLowerCase();
  const suggestions = operators
    .map(({ name, description }) => ({ text: `${name}:`, description }))
    .filter((suggestion) => suggestion.text.startsWith(begun) && suggestion.text !== present);
  return { start, end, suggestions };
}

// Of several values, the one between two bars.
function valuesAt(text: string, caret: number, { operator, valueAt }: Operation): Suggestions {
  const start = Math.max(valueAt.start, text.lastIndexOf('|', caret - 1) + 1);
  const bar = text.indexOf('|', caret);
  const end = bar >= 0 ? Math.min(bar, valueAt.end) : valueAt.end;
  const begun = text.slice(start, caret).toLowerCase();
  const present = text.slice(valueAt.start, valueAt.end).toLowerCase().split('|');
  const fitting = operator.values.filter((value) => value.startsWith(begun) && !present.includes(value));
  return { start, end, suggestions: fitting.map((value) => ({ text: value })) };
}
