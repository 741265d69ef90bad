/** Where a client keeps its session's token. */

/**
 * Holds one token or none. All clients of one session share one store.
 *
 * A call waits for both; what they throw is thrown by the call. Only a next token that could not be written is no failure: the one at hand stays good,
 * and the service hands the next one out again.
 */
export interface TokenStore {
  /** The token written last. */
  read(): string | undefined | Promise<string | undefined>;
  /** Resolves once the token is safe, because it is used from then on; `undefined` forgets the one that was kept. */
  write(token: string | undefined): void | Promise<void>;
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
