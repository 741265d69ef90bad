/** From the tokens of a search to its tree: `-` binds tightest, then standing side by side, then `OR`. */
import type { Instant } from '../instant.ts';
import type { QueryError } from './query-error.ts';
import type { Place, Query } from './syntax.ts';
import type { Mark, Operation, Token, Words } from './tokens.ts';

/** Reads tokens once, from left to right. It recurs once for every open parenthesis, whose number its caller limits. */
export class TreeReader {
  readonly #tokens: readonly Token[];
  readonly #now: Instant;
  readonly #end: number;
  readonly #errors: QueryError[] = [];
  readonly #lonely = new Set<Mark>();
  #next = 0;

  constructor(tokens: readonly Token[], now: Instant) {
    this.#tokens = tokens;
    this.#now = now;
    this.#end = tokens.at(-1)?.at.end ?? 0;
  }

  /** What was not understood so far, from left to right. */
  errors(): QueryError[] {
    const lonely = [...this.#lonely].map(({ at }) => nothingToJoin(at));
    return [...this.#errors, ...lonely].sort((a, b) => a.start - b.start);
  }

  /** As far as the tokens or the open parenthesis go; `undefined` where nothing is understood. */
  readAlternatives(): Query | undefined {
    const alternatives: Query[] = [];
    let or: Mark | undefined;
    do {
      const begin = this.#next;
      const parts = this.#readParts();
      if (parts) alternatives.push(parts);
      const isEmpty = this.#next === begin;
      const left = or;
      or = this.#take('or');
      const beside = or ?? left;
      if (isEmpty && beside) this.#lonely.add(beside);
    } while (or);
    return joined('or', alternatives);
  }

  #readParts(): Query | undefined {
    const parts: Query[] = [];
    let token = this.#tokens[this.#next];
    while (token && token.kind !== 'or' && token.kind !== 'close') {
      this.#next += 1;
      const part = this.#readTerm(token);
      if (part) parts.push(part);
      token = this.#tokens[this.#next];
    }
    return joined('and', parts);
  }

  #readTerm(token: Token): Query | undefined {
    switch (token.kind) {
      case 'words':
        return textsOf(token);
      case 'operation':
        return this.#readCondition(token);
      case 'not':
        return this.#readNegation(token);
      default:
        return this.#readGroup(token);
    }
  }

  #readGroup({ at: { start } }: Mark): Query | undefined {
    const inner = this.readAlternatives();
    const end = this.#take('close')?.at.end ?? this.#end;
    return inner && { ...inner, at: { start, end } };
  }

  // What follows a hyphen is never another mark than `(`: the tokens are cut so.
  #readNegation({ at: { start, end } }: Mark): Query | undefined {
    const token = this.#tokens[this.#next];
    this.#next += 1;
    const part = token && this.#readTerm(token);
    if (!part) return undefined;
    const at = { start, end: part.at.end };
    if ((end - start) % 2 === 0) return { ...part, at };
    return part.kind === 'not' ? { ...part.part, at } : { kind: 'not', part, at };
  }

  #readCondition({ operator, value, valueAt, at }: Operation): Query | undefined {
    const { name, takes, read } = operator;
    if (value.trim() === '') {
      this.#errors.push({ code: 'missing-value', ...at, message: `${name}: needs ${takes}.` });
      return undefined;
    }
    const reading = read(value, this.#now);
    if (typeof reading !== 'string') return { ...reading, at };
    const message = reading === 'backward' ? `${name}: this range ends before it begins.` : `${name}: takes ${takes}.`;
    this.#errors.push({ code: 'wrong-value', ...valueAt, message });
    return undefined;
  }

  #take(kind: 'or' | 'close'): Mark | undefined {
    const token = this.#tokens[this.#next];
    if (token?.kind !== kind) return undefined;
    this.#next += 1;
    return token;
  }
}

function textsOf({ words, at }: Words): Query | undefined {
  return joined(
    'and',
    words.map((text) => ({ kind: 'text', text, at })),
  );
}

function joined(kind: 'and' | 'or', parts: readonly Query[]): Query | undefined {
  const [first, last] = [parts[0], parts.at(-1)];
  if (!first || !last || first === last) return first;
  return { kind, parts, at: { start: first.at.start, end: last.at.end } };
}

function nothingToJoin({ start, end }: Place): QueryError {
  return { code: 'nothing-to-join', start, end, message: 'OR needs a term on both sides; quoted, it is a word.' };
}
