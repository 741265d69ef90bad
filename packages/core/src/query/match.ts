/** Which sessions a search finds. The database is held to this. */
import type { Session } from '../schema/session.ts';
import { searchableText } from '../search.ts';
import { type Candidate, conditionOf, type Predicate, type QueryContext } from './condition.ts';
import type { Query } from './syntax.ts';

export type { QueryContext };

/** Whether a search finds one session. For many sessions, {@link predicateOf} looks at the search only once. */
export function matchesQuery(tree: Query, session: Session, context: QueryContext): boolean {
  return predicateOf(tree, context)(session);
}

/** A function that says of any session whether the search finds it. */
export function predicateOf(tree: Query, context: QueryContext): (session: Session) => boolean {
  const matches = compile(tree, context);
  return (session) => matches(new FoldedOnce(session));
}

function compile(tree: Query, context: QueryContext): Predicate {
  switch (tree.kind) {
    case 'and': {
      const parts = tree.parts.map((part) => compile(part, context));
      return (candidate) => parts.every((matches) => matches(candidate));
    }
    case 'or': {
      const parts = tree.parts.map((part) => compile(part, context));
      return (candidate) => parts.some((matches) => matches(candidate));
    }
    case 'not': {
      const matches = compile(tree.part, context);
      return (candidate) => !matches(candidate);
    }
    default:
      return conditionOf(tree, context);
  }
}

// Folding costs more than all the rest, and is needed for none of the words or for several.
class FoldedOnce implements Candidate {
  readonly session: Session;
  #searchable: string | undefined;

  constructor(session: Session) {
    this.session = session;
  }

  get searchable(): string {
    this.#searchable ??= searchableText(this.session);
    return this.#searchable;
  }
}
