/** One request and its answer: a deadline, and every failure on the way told apart. */
import type { Middleware } from 'openapi-fetch';
import { isProblem, RollcallError, retryAfterOf } from './rollcall-error.ts';

/** Sends a request: the global `fetch`, the one of a framework, or the handler of an application in the same process. */
export type Fetch = (request: Request) => Response | Promise<Response>;

/**
 * Gives every request `timeout` milliseconds until the last byte of its answer, and throws {@link RollcallError} for whatever is neither data nor a
 * problem document. Bodies that the caller asked for as something else than JSON are theirs to read.
 */
export function guardExchange(timeout: number): Middleware {
  return {
    onRequest({ request }) {
      if (timeout === Number.POSITIVE_INFINITY) return undefined;
      return new Request(request, { signal: AbortSignal.any([request.signal, AbortSignal.timeout(timeout)]) });
    },
    onError({ request, error }) {
      return failureOf(request, error);
    },
    async onResponse({ request, response, options }) {
      const isBodiless = response.status === 204 || request.method === 'HEAD';
      if (response.ok && (isBodiless || options.parseAs !== 'json')) return;
      const body = parseObject(await readCopy(request, response));
      if (response.ok ? body === undefined : !isProblem(body)) throw foreignAnswer(request, response);
    },
  };
}

/** The same `fetch`, given up as soon as its request is aborted, whether or not it heeds that by itself. */
export function abandonable(fetch: Fetch): (request: Request) => Promise<Response> {
  return (request) => untilAborted(request.signal, async () => await fetch(request));
}

async function untilAborted<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  signal.throwIfAborted();
  let abort = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(signal.reason);
  });
  signal.addEventListener('abort', abort);
  try {
    return await Promise.race([work(), aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

// A copy, because openapi-fetch reads the answer itself. Reading it here makes a connection that breaks half-way one that broke.
async function readCopy(request: Request, response: Response): Promise<string> {
  try {
    return await untilAborted(request.signal, () => response.clone().text());
  } catch (error) {
    throw failureOf(request, error);
  }
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

function failureOf(request: Request, error: unknown): RollcallError {
  const { signal } = request;
  const cause: unknown = signal.aborted ? signal.reason : error;
  const name = typeof cause === 'object' && cause !== null && 'name' in cause ? cause.name : undefined;
  const target = targetOf(request);
  if (name === 'TimeoutError') {
    const detail = `${target} was not answered in time.`;
    return new RollcallError({ code: 'timeout', title: 'The service took too long', detail, cause });
  }
  if (signal.aborted || name === 'AbortError') {
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
