/** One request and its answer: a deadline, and every failure on the way told apart. */
import type { Middleware } from 'openapi-fetch';
import { isProblem, RollcallError, retryAfterOf } from './rollcall-error.ts';

const json = 'application/json, application/problem+json';

/** Sends a request: the global `fetch`, the one of a framework, or the handler of an application in the same process. */
export type Fetch = (request: Request) => Response | Promise<Response>;

export interface ExchangeOptions {
  readonly fetch: Fetch;
  /** Milliseconds until the last byte of an answer; may be infinite. */
  readonly timeout: number;
  /** Called with every answer before its body is read, and waited for. */
  readonly received?: (response: Response) => Promise<void>;
}

/** Says what is read as JSON; bodies that the caller asked for as something else are theirs to read. */
export const acceptJson: Middleware = {
  onRequest({ request, options }) {
    if (options.parseAs === 'json') request.headers.set('accept', json);
  },
};

/** A fetch that answers data or a problem document, and throws {@link RollcallError} for everything else. */
export function exchangeWith({ fetch, timeout, received }: ExchangeOptions): (request: Request) => Promise<Response> {
  return async function exchange(request) {
    try {
      return await within({ signal: request.signal, milliseconds: timeout }, async (signal) => {
        // Nowhere else: a redirect would take a password, a key or a token with it.
        const response = await fetch(new Request(request, { signal, redirect: 'manual' }));
        await received?.(response);
        await demandAnswer(request, response);
        return response;
      });
    } catch (error) {
      throw error instanceof RollcallError ? error : failureOf(request, error);
    }
  };
}

interface Limits {
  readonly signal: AbortSignal;
  readonly milliseconds: number;
}

/**
 * What `work` comes to, unless the time is over or the signal aborts before, whether or not `work` heeds the signal that it is given. The timer
 * is not one of AbortSignal.timeout: those run on after the answer, and Node.js ends without waiting for them.
 */
async function within<T>({ signal, milliseconds }: Limits, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const deadline = new AbortController();
  const given = AbortSignal.any([signal, deadline.signal]);
  given.throwIfAborted();
  const expire = (): void => deadline.abort(new DOMException('The time is over.', 'TimeoutError'));
  const timer = milliseconds === Number.POSITIVE_INFINITY ? undefined : setTimeout(expire, milliseconds);
  let giveUp = (): void => undefined;
  const givenUp = new Promise<never>((_, reject) => {
    giveUp = () => reject(given.reason);
  });
  given.addEventListener('abort', giveUp);
  try {
    return await Promise.race([work(given), givenUp]);
  } finally {
    clearTimeout(timer);
    given.removeEventListener('abort', giveUp);
  }
}

// Read as a copy, because openapi-fetch reads the answer itself; and here, so that a connection which breaks half-way is one that broke.
async function demandAnswer(request: Request, response: Response): Promise<void> {
  const isBodiless = response.status === 204 || request.method === 'HEAD';
  if (response.ok && (isBodiless || request.headers.get('accept') !== json)) return;
  const body = parseObject(await response.clone().text());
  if (response.ok ? body === undefined : !isProblem(body)) throw foreignAnswer(request, response);
}

// What JSON.parse throws quotes the text, in which a token may be.
function parseObject(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

function failureOf(request: Request, cause: unknown): RollcallError {
  const name = typeof cause === 'object' && cause !== null && 'name' in cause ? cause.name : undefined;
  const target = targetOf(request);
  if (name === 'TimeoutError') {
    const detail = `${target} was not answered in time.`;
    return new RollcallError({ code: 'timeout', title: 'The service took too long', detail, cause });
  }
  if (request.signal.aborted || name === 'AbortError') {
    const detail = `${target} was given up by its caller.`;
    return new RollcallError({ code: 'aborted', title: 'The request was aborted', detail, cause });
  }
  const detail = `${target} got no whole answer.`;
  return new RollcallError({ code: 'network', title: 'The service could not be reached', detail, cause });
}

function foreignAnswer(request: Request, { status, headers }: Response): RollcallError {
  const type = headers.get('content-type') ?? 'no content type';
  return new RollcallError({
    code: 'not-json',
    title: 'The answer is not the service’s',
    detail: `${targetOf(request)} was answered with ${status} and ${type}; check the address, and any proxy on the way.`,
    status,
    traceId: headers.get('rollcall-trace-id') ?? undefined,
    retryAfter: retryAfterOf(headers),
  });
}

// Without the query, which may hold names and addresses.
function targetOf({ method, url }: Request): string {
  return `${method} ${url.split('?', 1).join()}`;
}
