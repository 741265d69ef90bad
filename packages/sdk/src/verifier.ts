/** Verifying the tokens of an application's users, in that application's server. */
import { parseToken, requestIdIn } from '@rollcall/core/token';
import { createRollcall, type Rollcall, type RollcallOptions } from './rollcall.ts';
import { errorOfProblem } from './rollcall-error.ts';
import { seeActivity } from './verifier-activity.ts';
import { reportedClient, type TokenClient } from './verifier-client.ts';
import { rememberAnswers } from './verifier-memory.ts';
import { askEachOnce } from './verifier-questions.ts';
import type { ActiveIntrospection, ActivityReport, Introspection } from './wire.ts';

export { isOutage } from './outage.ts';
export type { TokenClient } from './verifier-client.ts';
export type { ActiveIntrospection, InactiveIntrospection, Introspection } from './wire.ts';

/** In whose name the verifier asks: a session with `sessions:verify`, of the organization whose tokens it verifies. */
export type VerifierCaller = RollcallOptions | { readonly rollcall: Rollcall };

export interface VerifierMemory {
  /** For how long a good answer is remembered, in milliseconds from the question on; 2,000 unless said otherwise, 0 for never. */
  readonly rememberMs?: number | undefined;
  /** How many sessions are remembered at most; 10,000 unless said otherwise. */
  readonly capacity?: number | undefined;
  /** How often the activity of remembered sessions is reported, in milliseconds; 1,000 unless said otherwise. */
  readonly flushEveryMs?: number | undefined;
  /** Milliseconds since 1970, instead of `Date.now`. */
  readonly clock?: (() => number) | undefined;
  /** Milliseconds, never backwards, instead of `performance.now`. */
  readonly monotonic?: (() => number) | undefined;
}

export type VerifierOptions = VerifierCaller & VerifierMemory;

export interface Verifier {
  /**
   * Whose token this is, or why it is not good (`active: false` with `code`, and with `session-ended` the `endReason`).
   *
   * A good answer is remembered for `rememberMs`. Where it holds a `nextToken`, that has to go to whoever presented the token, in the header
   * `Rollcall-Next-Token` of the application's answer, before its body. Everybody who asks is given the same object: leave it as it is.
   *
   * `client` is who presented the token. It is what administrators see of the session, and what tells a thief from an owner; without it the service
   * keeps to what it knew. An answer is remembered for the address that it was asked with, and for no other: an organization may bind its sessions to
   * their networks (`other-network`).
   *
   * An outage is not an answer: then, and where the verifier's own session may not ask, it rejects with {@link RollcallError}; see {@link isOutage}.
   */
  verify(token: string, client?: TokenClient): Promise<Introspection>;
  /** Forgets a session that is known to have ended: the next question goes to the service. */
  forget(requestId: string): void;
  /**
   * Reports what remembered sessions did, now rather than after `flushEveryMs`. Rejects with {@link RollcallError} where that fails; what an outage
   * kept back is reported the next time.
   */
  flush(): Promise<void>;
  /** Forgets every answer, and reports what is left to report: for the end of the program. Rejects like {@link Verifier.flush}. */
  close(): Promise<void>;
}

/**
 * A verifier. Only good answers are remembered; a bad token is asked about every time.
 *
 * It is weaker than a node of the service by exactly its memory: a session that ends is refused by every node from the acknowledgement of its end on, and
 * by a verifier `rememberMs` later at the latest, or at once after `forget`. With `rememberMs: 0` there is no difference, and every request asks. No
 * answer is given to a question that came more than `rememberMs` after the one it answers. Throws a `RangeError` for a time or a number that is none.
 *
 * @example
 * const verifier = createVerifier({ baseUrl: 'https://rollcall.example.com', token });
 * const answer = await verifier.verify(presented, { ipAddress, userAgent });
 * if (!answer.active) return refuse(answer.code, answer.endReason);
 */
export function createVerifier(options: VerifierOptions): Verifier {
  const { rememberMs = 2000, capacity = 10_000, flushEveryMs = 1000 } = options;
  const { clock = Date.now, monotonic = () => performance.now() } = options;
  for (const [name, value] of Object.entries({ rememberMs, capacity, flushEveryMs })) demandAmount(name, value);
  const { api } = 'rollcall' in options ? options.rollcall : createRollcall(options);

  const memory = rememberAnswers<{ readonly told: ActiveIntrospection; readonly from: string }>({
    rememberMs,
    capacity,
  });
  const activity = seeActivity({ send: report, flushEveryMs, capacity, clock, monotonic });
  const questions = askEachOnce({
    monotonic,
    mayShare({ askedAt, isOutOfDate }, answer) {
      return !answer.active || (!isOutOfDate && memory.isFresh(askedAt, monotonic()));
    },
    onAnswer({ token, parts, from, askedAt, isOutOfDate }, answer) {
      const { requestId, number } = parts;
      if (answer.active && !isOutOfDate) {
        memory.keep({ token, number, answer: { told: answer, from }, askedAt }, monotonic());
      }
      if (!answer.active && answer.code === 'session-ended') forget(requestId);
    },
  });

  function forget(requestId: string): void {
    memory.forget(requestId);
    questions.forget(requestId);
  }

  async function introspect(token: string, client: TokenClient | undefined): Promise<Introspection> {
    const reported = client && reportedClient(client);
    const body = { token, ...(reported && { client: reported }) };
    const { data, error, response } = await api.POST('/api/Introspection', { body });
    if (error) throw errorOfProblem(error, response);
    return data;
  }

  async function report(activities: ActivityReport['activities']): Promise<void> {
    const { data, error, response } = await api.POST('/api/Activity', { body: { activities } });
    if (error) throw errorOfProblem(error, response);
    for (const requestId of data.notActive) forget(requestId);
  }

  return {
    async verify(token, client) {
      const now = monotonic();
      const from = (client && reportedClient(client)?.ipAddress) ?? '';
      const remembered = memory.recall(token, now);
      // Whoever does not say where they are is not asked.
      if (remembered && (from === '' || from === remembered.from)) {
        activity.note(requestIdIn(token), client, now);
        return remembered.told;
      }
      const parts = parseToken(token);
      if (parts === undefined) return { active: false, code: 'unauthenticated' };
      let counts = false;
      const answer = await questions.answer({ token, parts, from }, () => {
        counts = true;
        return introspect(token, client);
      });
      // The service counts whoever is asked about; who shares the answer is reported.
      if (answer.active && !counts) activity.note(parts.requestId, client, now);
      return answer;
    },
    forget,
    flush: activity.flush,
    async close() {
      memory.clear();
      await activity.flush();
    },
  };
}

function demandAmount(name: string, value: number): void {
  if (!(value >= 0 && value < 2 ** 31)) throw new RangeError(`${name} is ${value}; it must be 0 to 2147483647.`);
}
