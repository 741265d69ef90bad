/** The way to the service and back: token, time-out, and every failure told apart. */
import { RollcallError, type RollcallErrorFacts } from './rollcall-error.ts';
import type { TokenStore } from './token-store.ts';

export type Fetch = (request: Request) => Promise<Response>;

export interface SendOptions {
  readonly fetch: Fetch;
  readonly tokens: TokenStore;
  /** Milliseconds. */
  readonly timeout: number;
}

/** A fetch that presents the token, stores the next one before its answer is used, and throws nothing but {@link RollcallError}. */
export function sender({ fetch, tokens, timeout }: SendOptions): Fetch {
  return async function send(request) {
    const token = await tokens.read();
    if (token !== undefined && !request.headers.has('authorization'))
      request.headers.set('authorization', `Bearer ${token}`);
    const deadline = AbortSignal.timeout(timeout);
    try {
      const response = await fetch(new Request(request, { signal: AbortSignal.any([request.signal, deadline]) }));
      const next = response.headers.get('rollcall-next-token');
      if (next !== null) await tokens.write(next);
      return await wholeAnswer(response);
    } catch (cause) {
      if (cause instanceof RollcallError) throw cause;
      throw new RollcallError(failureOf({ cause, request, deadline, timeout }));
    }
  };
}

// The body is read here, so that a connection that breaks half-way is the same failure as one that was never made.
async function wholeAnswer(response: Response): Promise<Response> {
  const type = response.headers.get('content-type') ?? '';
  if (response.status === 204 || response.status === 304) return response;
  if (!/[/+]json\b/i.test(type)) throw notJson(response, type || 'nothing');
  const body = await response.text();
  try {
    JSON.parse(body);
  } catch (cause) {
    throw notJson(response, 'broken JSON', cause);
  }
  return new Response(body, { status: response.status, statusText: response.statusText, headers: response.headers });
}

function notJson({ status }: Response, found: string, cause?: unknown): RollcallError {
  return new RollcallError({
    code: 'not-json',
    title: 'The answer is not the service’s',
    detail: `The answer with status ${status} is ${found} instead of JSON; check the address, and any proxy on the way.`,
    status,
    cause,
  });
}

interface Failure {
  readonly cause: unknown;
  readonly request: Request;
  readonly deadline: AbortSignal;
  readonly timeout: number;
}

function failureOf({ cause, request, deadline, timeout }: Failure): RollcallErrorFacts {
  const what = `${request.method} ${request.url.split('?', 1)[0]}`;
  if (request.signal.aborted)
    return { code: 'aborted', title: 'The request was aborted', detail: `${what} was given up by its caller.`, cause };
  if (deadline.aborted)
    return {
      code: 'timeout',
      title: 'The service took too long',
      detail: `${what}: no answer in ${timeout} ms.`,
      cause,
    };
  return { code: 'network', title: 'The service could not be reached', detail: `${what}: no connection.`, cause };
}
