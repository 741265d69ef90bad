/** What a verifier remembers: good answers, for a moment, one for each session. */
import { isSameToken, requestIdIn } from '@rollcall/core/token';

interface Limits {
  /** Milliseconds from the question on. */
  readonly rememberMs: number;
  /** Sessions. */
  readonly capacity: number;
}

interface Remembered<Answer> {
  readonly token: string;
  readonly number: number;
  readonly answer: Answer;
  readonly askedAt: number;
}

/** Moments are of one clock that never goes backwards, in milliseconds. */
export interface AnswerMemory<Answer> {
  /** The answer to a question about this very token, where it is still remembered. */
  recall(token: string, now: number): Answer | undefined;
  keep(remembered: Remembered<Answer>, now: number): void;
  forget(requestId: string): void;
  clear(): void;
  /** Whether what was asked at that moment may still be relied on. */
  isFresh(askedAt: number, now: number): boolean;
}

/**
 * Found by the session's id, which is no secret; the rest of the token is compared in constant time, so that how long a look-up takes tells nothing
 * of a token that somebody else holds.
 */
export function rememberAnswers<Answer>({ rememberMs, capacity }: Limits): AnswerMemory<Answer> {
  const sessions = new Map<string, Remembered<Answer>>();
  const isFresh = (askedAt: number, now: number): boolean => now - askedAt < rememberMs;

  // A session moves to the end when it is asked about anew: what comes first is the oldest.
  function makeRoom(now: number): void {
    for (const [requestId, { askedAt }] of sessions) {
      if (sessions.size <= capacity && isFresh(askedAt, now)) return;
      sessions.delete(requestId);
    }
  }

  return {
    isFresh,
    recall(token, now) {
      const known = sessions.get(requestIdIn(token));
      return known && isFresh(known.askedAt, now) && isSameToken(known.token, token) ? known.answer : undefined;
    },
    keep(remembered, now) {
      const requestId = requestIdIn(remembered.token);
      const known = sessions.get(requestId);
      // An outdated token may be good for a moment more; the session's newest stays the one that is remembered.
      if (known && isFresh(known.askedAt, now) && known.number > remembered.number) return;
      sessions.delete(requestId);
      sessions.set(requestId, remembered);
      makeRoom(now);
    },
    forget: (requestId) => void sessions.delete(requestId),
    clear: () => sessions.clear(),
  };
}
