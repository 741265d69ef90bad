/** What a search asks of the searchable text, as far as that goes by itself. */
import type { And, Query } from '@rollcall/core/query/syntax';
import { lineOf } from './query-conditions.ts';

/** As `text_condition` of the database takes it. No list is empty. */
export type TextCondition =
  /** `line` where it is one of the text's three that is meant. */
  | { readonly like: string; readonly line?: number }
  | { readonly has: string; readonly line?: number }
  | { readonly begins: string }
  | { readonly not: TextCondition }
  | { readonly and: readonly TextCondition[] }
  | { readonly or: readonly TextCondition[] };

export interface AboutText {
  /** The text of everything found meets it. */
  readonly condition: TextCondition;
  /** What is asked for beyond it; undefined where everything whose text meets it is found. */
  readonly rest: Query | undefined;
}

/** Undefined where a search can find any text. */
export function aboutText(query: Query): AboutText | undefined {
  const about = aboutPart(query);
  return about && { ...about, condition: alone(about.condition) };
}

// A short word by itself is found sooner by LIKE: its plan knows how few texts may have it, and has them looked through by several processes. Beside another
// condition it would be taken for one that trigrams find.
function alone(condition: TextCondition): TextCondition {
  return 'has' in condition && condition.line === undefined ? { like: containing(condition.has) } : condition;
}

function aboutPart(query: Query): AboutText | undefined {
  switch (query.kind) {
    case 'text':
      return wholly(having(query.text));
    case 'is':
      return wholly(beginningWith(query.text));
    case 'contains': {
      const line = lineOf(query);
      return line === undefined ? undefined : wholly(having(query.text, { line }));
    }
    case 'not': {
      const part = aboutPart(query.part);
      return part && part.rest === undefined ? wholly({ not: part.condition }) : undefined;
    }
    case 'and':
      return aboutAll(query);
    case 'or': {
      const parts = query.parts.map(aboutPart).filter((part) => part !== undefined);
      if (parts.length === 0 || parts.length < query.parts.length) return undefined;
      const isWhole = parts.every(({ rest }) => rest === undefined);
      return { condition: { or: parts.map(({ condition }) => condition) }, rest: isWhole ? undefined : query };
    }
    default:
      return undefined;
  }
}

function wholly(condition: TextCondition): AboutText {
  return { condition, rest: undefined };
}

function aboutAll({ parts, at }: And): AboutText | undefined {
  const conditions: TextCondition[] = [];
  const rest: Query[] = [];
  for (const part of parts) {
    const about = aboutPart(part);
    if (about) conditions.push(about.condition);
    const others = about ? about.rest : part;
    if (others) rest.push(others);
  }
  if (conditions.length === 0) return undefined;
  return { condition: { and: conditions }, rest: rest.length === 0 ? undefined : { kind: 'and', parts: rest, at } };
}

// Trigrams are of three letters. What follows an @ is everybody's, and each of its trigrams would be looked for among all texts.
const shortest = 3;

function having(text: string, where: { readonly line?: number } = {}): TextCondition {
  if ([...text].length < shortest) return { has: text, ...where };
  const local = localPart(text);
  if (local === undefined) return { like: containing(text), ...where };
  return { and: [{ like: containing(local) }, { has: text, ...where }] };
}

// the e-mail is the first line
function beginningWith(email: string): TextCondition {
  const line = `${email}\n`;
  return { and: [{ like: `${escaped(localPart(email) ?? line)}%` }, { begins: line }] };
}

function localPart(text: string): string | undefined {
  const end = text.indexOf('@');
  return [...text.slice(0, end)].length < shortest || end < 0 ? undefined : text.slice(0, end + 1);
}

function containing(text: string): string {
  return `%${escaped(text)}%`;
}

function escaped(text: string): string {
  return text.replaceAll(/[\\%_]/g, '\\$&');
}
