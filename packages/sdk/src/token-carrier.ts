/** The token's way between its store and the service. */
import { parseToken } from '@rollcall/core/token';
import type { Middleware } from 'openapi-fetch';
import type { TokenStore } from './token-store.ts';

/** What touches a store: one write after the other, and never back to an older token. */
export interface TokenCarrier {
  /** Keeps the token of a new session, or none. Rejects when the store does. */
  keep(token: string | undefined): Promise<void>;
  /** Presents the token with every request that carries none. */
  readonly middleware: Middleware;
  /** Keeps the next token as soon as the headers of an answer are there: its body may never arrive. Never rejects. */
  receive(response: Response): Promise<void>;
}

export function carryTokens(store: TokenStore): TokenCarrier {
  let last: Promise<void> = Promise.resolve();

  function inTurn(write: () => Promise<void>): Promise<void> {
    const turn = last.then(write);
    last = turn.catch(() => undefined);
    return turn;
  }

  async function advance(next: string): Promise<void> {
    if (isNewer(next, await store.read())) await store.write(next);
  }

  return {
    keep: (token) => inTurn(async () => await store.write(token)),
    middleware: {
      async onRequest({ request }) {
        if (request.headers.has('authorization')) return;
        const token = await store.read();
        if (token !== undefined) request.headers.set('authorization', credentials(token));
      },
    },
    async receive({ headers }) {
      const next = headers.get('rollcall-next-token');
      // A store that fails loses nothing: the token at hand stays good, and the next answer brings the same one again.
      if (next !== null) await inTurn(() => advance(next)).catch(() => undefined);
    },
  };
}

// An answer may come late: after answers to later requests, or after its session was left for another.
function isNewer(next: string, kept: string | undefined): boolean {
  const [a, b] = [parseToken(next), parseToken(kept ?? '')];
  return a !== undefined && b !== undefined && a.requestId === b.requestId && a.number > b.number;
}

// The error that Headers.set throws quotes what it was given.
function credentials(token: string): string {
  if (/^[\x21-\x7e]+$/.test(token)) return `Bearer ${token}`;
  throw new TypeError('The token holds characters that no header may carry.');
}
