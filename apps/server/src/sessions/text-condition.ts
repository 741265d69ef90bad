/** What a search asks of the searchable text, as far as that goes by itself. */
import type { Query } from '@rollcall/core/query/syntax';
import { lineOf } from './query-conditions.ts';

/** As `text_condition` of the database takes it. No list is empty. */
export type TextCondition =
  /** `line` where it is one of the text's three that is meant. */
  | { readonly like: string; readonly line?: number }
  | { readonly not: TextCondition }
  | { readonly and: readonly TextCondition[] }
  | { readonly or: readonly TextCondition[] };

export interface AboutText {
  /** The text of everything found meets it. */
  readonly condition: TextCondition;
  /** Whether everything whose text meets it is found. */
  readonly isAll: boolean;
}

/** Undefined where a search can find any text. */
export function aboutText(query: Query): AboutText | undefined {
  switch (query.kind) {
    case 'text':
      return { condition: { like: `%${escaped(query.text)}%` }, isAll: true };
    case 'is':
      // the e-mail is the first line
      return { condition: { like: `${escaped(query.text)}\n%` }, isAll: true };
    case 'contains': {
      const line = lineOf(query);
      return line === undefined ? undefined : { condition: { like: `%${escaped(query.text)}%`, line }, isAll: true };
    }
    case 'not': {
      const part = aboutText(query.part);
      return part?.isAll ? { condition: { not: part.condition }, isAll: true } : undefined;
    }
    case 'and': {
      const parts = query.parts.map(aboutText).filter((part) => part !== undefined);
      if (parts.length === 0) return undefined;
      const isAll = parts.length === query.parts.length && parts.every((part) => part.isAll);
      return { condition: { and: parts.map(({ condition }) => condition) }, isAll };
    }
    case 'or': {
      const parts = query.parts.map(aboutText).filter((part) => part !== undefined);
      if (parts.length === 0 || parts.length < query.parts.length) return undefined;
      return { condition: { or: parts.map(({ condition }) => condition) }, isAll: parts.every((part) => part.isAll) };
    }
    default:
      return undefined;
  }
}

function escaped(text: string): string {
  return text.replaceAll(/[\\%_]/g, '\\$&');
}
