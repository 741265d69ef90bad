/** A search that the database gives up on is told to whoever can do something about it: not an outage, but too much that was asked for. */
import { StatementTimedOut } from '../database/unavailable.ts';
import { RequestProblem } from '../http/problem.ts';

/** What answers a search. Without one there is nothing to narrow, and the failure stays what it is. */
export async function orTooSlow<T>(search: string | undefined, answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (!(error instanceof StatementTimedOut) || !search?.trim()) throw error;
    throw new RequestProblem(
      'search-too-slow',
      'The search was given up, because finding all that it asks for takes too long.',
    );
  }
}
