/** The one error class of this package. */
import { problems } from '@rollcall/core/problem';
import type { Problem, ProblemCode } from './wire.ts';

/** What the service says no with (docs/problems.md), and what can go wrong on the way to it. */
export type RollcallErrorCode =
  | ProblemCode
  /** The service could not be reached, or the connection broke. */
  | 'network'
  /** No whole answer within `timeout`. */
  | 'timeout'
  /** The caller's own `signal` was aborted. */
  | 'aborted'
  /** Something answered that is not the service: a proxy's page, for example. */
  | 'not-json'
  /** The service says no for a reason that is newer than this client; `status`, `title` and `detail` tell it. */
  | 'unknown-problem';

export interface RollcallErrorFacts {
  readonly code: RollcallErrorCode;
  readonly title: string;
  readonly detail: string;
  readonly status?: number | undefined;
  readonly traceId?: string | undefined;
  readonly errors?: Problem['errors'] | undefined;
  readonly endReason?: Problem['endReason'] | undefined;
  readonly endedBy?: Problem['endedBy'] | undefined;
  /** Seconds. */
  readonly retryAfter?: number | undefined;
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
  /** With `session-ended`: whether its user, an administrator or the service itself ended it. */
  readonly endedBy: Problem['endedBy'] | undefined;
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
    this.endedBy = facts.endedBy;
    this.retryAfter = facts.retryAfter;
  }
}

/** Whether the body of an answer is a problem document (RFC 9457) as the service writes it. */
export function isProblem(body: object = {}): body is Problem {
  const { code, title, detail, traceId }: Partial<Record<keyof Problem, unknown>> = body;
  return [code, title, detail, traceId].every((text) => typeof text === 'string');
}

/** The error for a problem document, of an answer with these headers. */
export function errorOfProblem(problem: Problem, { status, headers }: Response): RollcallError {
  const { title, detail, errors, endReason, endedBy, traceId } = problem;
  return new RollcallError({
    code: Object.hasOwn(problems, problem.code) ? problem.code : 'unknown-problem',
    title,
    detail,
    status,
    traceId,
    errors,
    endReason,
    endedBy,
    retryAfter: retryAfterOf(headers),
  });
}

/**
 * The seconds of `Retry-After`. A date (RFC 9110, 10.2.3), as a proxy may write it, is none: this package has no clock to compare it with.
 */
export function retryAfterOf(headers: Headers): number | undefined {
  const text = headers.get('retry-after') ?? '';
  return /^\d+$/.test(text) ? Number(text) : undefined;
}
