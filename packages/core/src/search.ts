/** Finding sessions by plain words. */
import { fold } from './fold.ts';
import type { Session } from './schema/session.ts';

/** More terms than anybody types, and few enough that a search cannot hold up the database. */
export const maxSearchTerms = 32;

type Searchable = Pick<Session, 'userEmail' | 'ipAddress' | 'sessionName'>;

/**
 * The folded terms of a search, between white space; every one of them must occur. An empty search has none and matches all. `%`, `_`, `\`, `:`, `-`,
 * quotes, parentheses and `OR` are ordinary text.
 */
export function searchTerms(text: string): string[] {
  return fold(text)
    .split(/\s+/u)
    .filter((term) => term !== '');
}

/**
 * What a session is found by: e-mail, address and name, folded, one a line. A term holds no white space, so none can match across two of them.
 * Stored beside the session, so that the database compares what core has made.
 */
export function searchableText(session: Searchable): string {
  return fold(`${session.userEmail}\n${session.ipAddress}\n${session.sessionName}`);
}

/** Whether every term occurs in a {@link searchableText}. */
export function matchesTerms(searchable: string, terms: readonly string[]): boolean {
  return terms.every((term) => searchable.includes(term));
}

/** The sessions that a search finds, in their order. */
export function searchSessions<S extends Searchable>(sessions: readonly S[], text: string): S[] {
  const terms = searchTerms(text);
  if (terms.length === 0) return [...sessions];
  const foldName = foldingOnce();
  return sessions.filter((session) => hasEach(session, terms, foldName));
}

// Field by field, which finds the same as one text of all three and takes two thirds of the time: most sessions have few names between them.
function hasEach(session: Searchable, terms: readonly string[], foldName: typeof fold): boolean {
  const name = foldName(session.sessionName);
  let email: string | undefined;
  for (const term of terms) {
    if (name.includes(term)) continue;
    email ??= fold(session.userEmail);
    if (!email.includes(term) && !fold(session.ipAddress).includes(term)) return false;
  }
  return true;
}

const mostKept = 100;

/** {@link fold}, which keeps the first texts that it met. */
function foldingOnce(): typeof fold {
  const folded = new Map<string, string>();
  return (text) => {
    const known = folded.get(text);
    if (known !== undefined) return known;
    const made = fold(text);
    if (folded.size < mostKept) folded.set(text, made);
    return made;
  };
}
