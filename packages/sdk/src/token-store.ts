/** Where a client keeps its session's token. */

/**
 * A store holds one token or none. `write` resolves once the token is safe: a new token is stored before it is used, so that a crash in
 * between signs nobody out. All clients of one session share one store.
 */
export interface TokenStore {
  read(): string | undefined | Promise<string | undefined>;
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
