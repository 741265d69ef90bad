/** node:http: lets in whoever presents a good token. */
import type { ActiveIntrospection, Verifier } from '../verifier.ts';
import { admit, nextTokenHeader, uncached } from './admission.ts';

/** What is needed of an `IncomingMessage`. */
export interface NodeRequest {
  readonly headers: { readonly authorization?: string | undefined; readonly 'user-agent'?: string | undefined };
  readonly socket: { readonly remoteAddress?: string | undefined };
}

/** What is needed of a `ServerResponse`. */
export interface NodeResponse {
  setHeader(name: string, value: string): unknown;
  writeHead(status: number, headers: Record<string, string>): unknown;
  end(body: string): unknown;
}

export interface NodeOptions<Incoming> {
  /** The client's address, where it is not the other end of the socket: behind a proxy. */
  readonly ipAddress?: (request: Incoming) => string | undefined;
}

/**
 * A function that answers whose token a request carries, and what they may do; or `undefined` once it has answered the request itself: 401 with the
 * reason, or 503 while the service does not answer. It rejects where the verifier's own session may not ask.
 *
 * @example
 * const authenticate = requireSession(verifier);
 * createServer(async (request, response) => {
 *   const authentication = await authenticate(request, response);
 *   if (!authentication) return;
 *   response.end(`Hello, ${authentication.user.email}`);
 * });
 */
export function requireSession<Incoming extends NodeRequest = NodeRequest>(
  verifier: Pick<Verifier, 'verify'>,
  { ipAddress = ({ socket }) => socket.remoteAddress }: NodeOptions<Incoming> = {},
): (request: Incoming, response: NodeResponse) => Promise<ActiveIntrospection | undefined> {
  return async function authenticate(request, response) {
    const { authorization, 'user-agent': userAgent } = request.headers;
    const { admitted, refusal } = await admit(verifier, { authorization, userAgent, ipAddress: ipAddress(request) });
    if (refusal) {
      response.writeHead(refusal.status, { ...refusal.headers });
      response.end(refusal.body);
      return undefined;
    }
    if (admitted.nextToken !== undefined) handOn(response, admitted.nextToken);
    return admitted;
  };
}

// The application comes after this: only when the head is written has it said its last word of caches.
function handOn(response: NodeResponse, nextToken: string): void {
  const writeHead = response.writeHead.bind(response);
  response.setHeader(nextTokenHeader, nextToken);
  response.writeHead = (...head) => {
    response.setHeader(...uncached);
    return writeHead(...head);
  };
}
