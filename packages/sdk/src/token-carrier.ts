/** The token's way between its store and the service. */
import { parseToken } from '@rollcall/core/token';
import type { Middleware } from 'openapi-fetch';
import { isNextOf, type TokenStore } from './token-store.ts';

/** What touches a store: one write after the other, and never back to an older token. */
export interface TokenCarrier {
  /** Keeps the token of a new session, or none. Rejects when the store does. */
  keep(token: string | undefined): Promise<void>;
  /** Presents the token with every request that carries none. */
  readonly middleware: Middleware;
  /** Keeps the next token as soon as the headers of an answer are there: its body may never arrive. Never rejects. */
  receive(response: Response): Promise<void>;
  /**
   * Gives a request whose token was refused the one that others, who share the store, have kept meanwhile. False where there is none, and for tokens that
   * did not come from the store.
   */
  renew(refused: Request): Promise<boolean>;
}

/** `begin` begins a session where there is none, or none that is good: a program with a key can do so by itself. */
export function carryTokens(store: TokenStore, begin?: () => Promise<string>): TokenCarrier {
  const ownSessions = new Set<string | undefined>();
  let last: Promise<void> = Promise.resolve();
  let beginning: Promise<string> | undefined;

  function inTurn(write: () => Promise<void>): Promise<void> {
    const turn = last.then(write);
    last = turn.catch(() => undefined);
    return turn;
  }

  async function advance(next: string): Promise<void> {
    if (store.advance) await store.advance(next);
    else if (isNextOf(next, await store.read())) await store.write(next);
  }

  function present(request: Request, token: string): void {
    request.headers.set('authorization', credentials(token));
    ownSessions.add(sessionOf(token));
  }

  // However many requests find that there is none, one session is begun.
  function beginOnce(wanted: () => Promise<string>): Promise<string> {
    beginning ??= wanted()
      .then(async (token) => {
        await inTurn(async () => await store.write(token));
        return token;
      })
      .finally(() => {
        beginning = undefined;
      });
    return beginning;
  }

  return {
    keep: (token) => inTurn(async () => await store.write(token)),
    middleware: {
      async onRequest({ request }) {
        if (request.headers.has('authorization')) return;
        const token = (await beginning) ?? (await store.read()) ?? (begin && (await beginOnce(begin)));
        if (token !== undefined) present(request, token);
      },
    },
    async receive({ headers }) {
      const next = headers.get('rollcall-next-token');
      // A store that fails loses nothing: the token at hand stays good, and the next answer brings the same one again.
      if (next !== null) await inTurn(() => advance(next)).catch(() => undefined);
    },
    async renew(refused) {
      const presented = refused.headers.get('authorization')?.replace(/^Bearer /, '') ?? '';
      if (!ownSessions.has(sessionOf(presented))) return false;
      const kept = await store.read();
      const isSame = kept !== undefined && sessionOf(kept) === sessionOf(presented) && !isNextOf(kept, presented);
      const token = kept === undefined || isSame ? begin && (await beginOnce(begin)) : kept;
      if (token === undefined) return false;
      present(refused, token);
      return true;
    },
  };
}

function sessionOf(token: string): string | undefined {
  return parseToken(token)?.requestId;
}

// The error that Headers.set throws quotes what it was given.
function credentials(token: string): string {
  if (/^[\x21-\x7e]+$/.test(token)) return `Bearer ${token}`;
  throw new TypeError('The token holds characters that no header may carry.');
}
