/** What a verifier remembers: good answers, for a moment, one for each session. */
import type { TokenParts } from '@rollcall/core/token';
import type { ActiveIntrospection } from './wire.ts';

interface Limits {
  /** Milliseconds from the question on. */
  readonly rememberMs: number;
  /** Sessions. */
  readonly capacity: number;
  /** Milliseconds, never backwards. */
  readonly monotonic: () => number;
}

interface Remembered {
  readonly parts: TokenParts;
  readonly answer: ActiveIntrospection;
  readonly askedAt: number;
}

export interface AnswerMemory {
  /** The answer to a question about this very token, asked no longer ago than is remembered. */
  recall(parts: TokenParts): ActiveIntrospection | undefined;
  keep(remembered: Remembered): void;
  forget(requestId: string): void;
  clear(): void;
  /** Whether what was asked at that moment may still be relied on. */
  isFresh(askedAt: number): boolean;
}

/**
 * Found by the session's id, which is no secret; the rest of the token is compared in constant time, so that how long a look-up takes tells nothing
 * of a token that somebody else holds.
 */
export function rememberAnswers({ rememberMs, capacity, monotonic }: Limits): AnswerMemory {
  const sessions = new Map<string, Remembered>();
  const isFresh = (askedAt: number): boolean => monotonic() - askedAt < rememberMs;

  // A session moves to the end when it is asked about anew: what comes first is the oldest.
  function makeRoom(): void {
    for (const [requestId, { askedAt }] of sessions) {
      if (sessions.size <= capacity && isFresh(askedAt)) return;
      sessions.delete(requestId);
    }
  }

  return {
    isFresh,
    recall(parts) {
      const known = sessions.get(parts.requestId);
      return known && isFresh(known.askedAt) && isSameToken(known.parts, parts) ? known.answer : undefined;
    },
    keep(remembered) {
      const { requestId, number } = remembered.parts;
      const known = sessions.get(requestId);
      // An outdated token may be good for a moment more; the session's newest stays the one that is remembered.
      if (known && isFresh(known.askedAt) && known.parts.number > number) return;
      sessions.delete(requestId);
      sessions.set(requestId, remembered);
      makeRoom();
    },
    forget: (requestId) => void sessions.delete(requestId),
    clear: () => sessions.clear(),
  };
}

/** Of one session. */
export function isSameToken(one: TokenParts, other: TokenParts): boolean {
  return one.number === other.number && one.organizationId === other.organizationId && isSameMac(one.mac, other.mac);
}

// Every parsed mac has the same length. Which characters differ does not change how long this takes.
function isSameMac(one: string, other: string): boolean {
  let difference = one.length - other.length;
  for (let index = 0; index < one.length; index += 1) difference |= one.charCodeAt(index) ^ other.charCodeAt(index);
  return difference === 0;
}
