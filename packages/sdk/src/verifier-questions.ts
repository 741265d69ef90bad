/** What a verifier asks the service at the moment: about each token once, however many callers wait for the answer. */
import { isSameToken, type TokenParts } from '@rollcall/core/token';
import type { Introspection } from './wire.ts';

export interface Presented {
  readonly token: string;
  readonly parts: TokenParts;
  /** The address that is reported with it, or nothing: from another one the answer may be another. */
  readonly from: string;
}

/** A question that is under way, or was. */
export interface Question extends Presented {
  /** Before it left. */
  readonly askedAt: number;
  /** Its session was forgotten meanwhile: the answer may be older than what has been heard since. */
  isOutOfDate: boolean;
}

export type Ask = () => Promise<Introspection>;

export interface Questions {
  /** The answer to a question about this token from there: one that is under way, or a new one. Rejects as `ask` does, for all who wait. */
  answer(presented: Presented, ask: Ask): Promise<Introspection>;
  /** Nobody who comes from now on is given an answer to what was asked before. */
  forget(requestId: string): void;
}

interface Needs {
  readonly monotonic: () => number;
  /** Whether an answer is also good for those who came after its question had left. */
  readonly mayShare: (question: Question, answer: Introspection) => boolean;
  /** Hears of every answer before anybody else does. */
  readonly onAnswer: (question: Question, answer: Introspection) => void;
}

interface UnderWay {
  readonly question: Question;
  readonly answer: Promise<Introspection>;
  /** Asked for those who could not share the answer. */
  next?: Promise<Introspection>;
}

export function askEachOnce({ monotonic, mayShare, onAnswer }: Needs): Questions {
  const sessions = new Map<string, UnderWay[]>();

  function find({ token, parts, from }: Presented): UnderWay | undefined {
    return sessions
      .get(parts.requestId)
      ?.find(({ question }) => question.from === from && isSameToken(question.token, token));
  }

  function begin(presented: Presented, ask: Ask): Promise<Introspection> {
    const { parts } = presented;
    const question = { ...presented, askedAt: monotonic(), isOutOfDate: false };
    const underWay = { question, answer: hear(question, ask) };
    const others = sessions.get(parts.requestId);
    if (others) others.push(underWay);
    else sessions.set(parts.requestId, [underWay]);
    return underWay.answer;
  }

  async function hear(question: Question, ask: Ask): Promise<Introspection> {
    try {
      const answer = await ask();
      onAnswer(question, answer);
      return answer;
    } finally {
      leave(question);
    }
  }

  function leave(question: Question): void {
    const { requestId } = question.parts;
    const others = sessions.get(requestId)?.filter((underWay) => underWay.question !== question) ?? [];
    if (others.length > 0) sessions.set(requestId, others);
    else sessions.delete(requestId);
  }

  return {
    async answer(presented, ask) {
      const underWay = find(presented);
      if (underWay === undefined) return await begin(presented, ask);
      const answer = await underWay.answer;
      if (mayShare(underWay.question, answer)) return answer;
      underWay.next ??= begin(presented, ask);
      return await underWay.next;
    },
    forget(requestId) {
      for (const { question } of sessions.get(requestId) ?? []) question.isOutOfDate = true;
      sessions.delete(requestId);
    },
  };
}
