/** Where a client keeps its session's token. */
import { parseToken } from '@rollcall/core/token';

/**
 * Holds one token or none. All clients of one session share one store.
 *
 * A call waits for all of these; what they throw is thrown by the call. Only a next token that could not be kept is no failure: the one at hand stays
 * good, and the service hands the next one out again.
 */
export interface TokenStore {
  /** The token kept last. Asked before every request. */
  read(): string | undefined | Promise<string | undefined>;
  /** Keeps the token of a session that begins, or with `undefined` none. Resolves once that is safe, because it is used from then on. */
  write(token: string | undefined): void | Promise<void>;
  /**
   * Keeps a next token if {@link isNextOf} the one that is kept, and otherwise does nothing; nobody who shares the store may write in between. A store
   * that only one program uses can leave this out.
   */
  advance?(next: string): void | Promise<void>;
}

/**
 * Whether `next` takes the place of `kept`: a later token of the same session. An answer may come late, after answers to later requests, or after its
 * session was left for another.
 */
export function isNextOf(next: string, kept: string | undefined): boolean {
  const [a, b] = [parseToken(next), parseToken(kept ?? '')];
  return a !== undefined && b !== undefined && a.requestId === b.requestId && a.number > b.number;
}

/** Keeps the token in memory: it lasts as long as the program. */
export function memoryTokenStore(token?: string): TokenStore {
  let kept = token;
  return {
    read: () => kept,
    write(next) {
      kept = next;
    },
  };
}
