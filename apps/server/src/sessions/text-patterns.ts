/** Which parts of a search the index of trigrams can find. */
import type { Query } from '@rollcall/core/query/syntax';

/** Patterns of LIKE that the searchable text of everything found fits; those that no index could help with are left out. */
export function textPatterns(query: Query): string[] {
  if (query.kind === 'and') return query.parts.flatMap(textPatterns);
  const isOfText =
    query.kind === 'text' ||
    (query.kind === 'contains' && (query.field === 'user' || query.field === 'name' || query.field === 'ip'));
  // Three letters or digits make a trigram. Beyond ASCII it depends on the locale of the database what a letter is.
  return isOfText && /[a-z0-9]{3}/.test(query.text) ? [`%${query.text.replaceAll(/[\\%_]/g, '\\$&')}%`] : [];
}
