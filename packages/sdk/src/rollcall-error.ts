/** The one error that this package throws. */
import type { components } from './schema.ts';

type Problem = components['schemas']['Problem'];

/** What the service says no with (docs/problems.md), and what can go wrong on the way to it. */
export type RollcallErrorCode =
  | Problem['code']
  /** The service could not be reached, or the connection broke. */
  | 'network'
  /** No whole answer within `timeout`. */
  | 'timeout'
  /** The caller's own `signal` was aborted. */
  | 'aborted'
  /** Something answered that is not the service: a proxy's page, for example. */
  | 'not-json';

export interface RollcallErrorFacts {
  readonly code: RollcallErrorCode;
  readonly title: string;
  readonly detail: string;
  readonly status?: number;
  readonly traceId?: string;
  readonly errors?: Problem['errors'];
  readonly endReason?: Problem['endReason'];
  readonly retryAfter?: number;
  readonly cause?: unknown;
}

/**
 * A call that did not succeed. Switch on `code`; tell people `title` and `detail`.
 *
 * Holds neither token nor password, so it can be logged as it is.
 *
 * @example
 * try {
 *   await rollcall.endSession(requestId);
 * } catch (error) {
 *   if (error instanceof RollcallError && error.code === 'not-active') return; // somebody was faster
 *   throw error;
 * }
 */
export class RollcallError extends Error {
  override readonly name = 'RollcallError';
  readonly code: RollcallErrorCode;
  /** The same for every failure with this code. */
  readonly title: string;
  /** What was wrong this time. */
  readonly detail: string;
  /** Of the answer; `undefined` when there was none. */
  readonly status: number | undefined;
  /** The id of the failing HTTP request, as in the service's log. */
  readonly traceId: string | undefined;
  /** With `invalid`: what is wrong with which member. */
  readonly errors: Problem['errors'] | undefined;
  /** With `session-ended`: why. */
  readonly endReason: Problem['endReason'] | undefined;
  /** Seconds to wait before another try, where the service says so. */
  readonly retryAfter: number | undefined;

  constructor({ code, title, detail, cause, ...facts }: RollcallErrorFacts) {
    super(`${title}: ${detail}`, { cause });
    this.code = code;
    this.title = title;
    this.detail = detail;
    this.status = facts.status;
    this.traceId = facts.traceId;
    this.errors = facts.errors;
    this.endReason = facts.endReason;
    this.retryAfter = facts.retryAfter;
  }
}

/** The error for a problem document, of an answer with these headers. */
export function errorOfProblem(problem: Problem, { status, headers }: Response): RollcallError {
  const retryAfter = Number(headers.get('retry-after') ?? Number.NaN);
  const { code, title, detail, traceId, errors, endReason } = problem;
  return new RollcallError({
    code,
    title,
    detail,
    status,
    traceId,
    ...(errors && { errors }),
    ...(endReason && { endReason }),
    ...(Number.isFinite(retryAfter) && { retryAfter }),
  });
}
