/** Which parts of a search are about the searchable text. */
import type { Query } from '@rollcall/core/query/syntax';

/** Patterns of LIKE that the searchable text of everything found fits. */
export function textPatterns(query: Query): string[] {
  if (query.kind === 'and') return query.parts.flatMap(textPatterns);
  if (query.kind === 'is') return [`${escaped(query.text)}\n%`];
  const isOfText =
    query.kind === 'text' ||
    (query.kind === 'contains' && (query.field === 'user' || query.field === 'name' || query.field === 'ip'));
  return isOfText ? [`%${escaped(query.text)}%`] : [];
}

/** Whether what fits those patterns is found, and nothing else is asked for. */
export function isOnlyText(query: Query): boolean {
  return query.kind === 'and' ? query.parts.every(isOnlyText) : query.kind === 'text';
}

function escaped(text: string): string {
  return text.replaceAll(/[\\%_]/g, '\\$&');
}
