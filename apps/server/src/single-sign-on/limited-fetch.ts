/** Reaching a provider whose address an administrator chose: within limits of time, size and place. */

/** The provider was not reached, took too long or answered too much. */
export class ProviderUnreachable extends Error {
  override readonly name = 'ProviderUnreachable';
}

export interface Limits {
  readonly fetch: typeof globalThis.fetch;
  /** For all requests together. */
  readonly patienceMs: number;
  /** Whether plain http is for localhost: only where this service itself is there. */
  readonly mayUseLocalHttp: boolean;
}

interface FetchOptions {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: URLSearchParams | undefined;
}

export type LimitedFetch = (url: string, options?: FetchOptions) => Promise<Response>;

// Discovery documents have a few thousand bytes, key sets with certificates some tens of thousands.
const mostBytes = 256 * 1024;

/** Follows no redirect: the address that was checked is the one that is asked. */
export function fetchWithin({ fetch, patienceMs, mayUseLocalHttp }: Limits): LimitedFetch {
  const deadline = AbortSignal.timeout(patienceMs);
  return async function limitedFetch(url, { method = 'GET', headers, body } = {}) {
    if (!isReachable(url, mayUseLocalHttp)) throw new ProviderUnreachable('what is not https is not asked');
    try {
      const sent = { method, redirect: 'manual', signal: deadline } as const;
      const answer = await fetch(url, { ...sent, ...(headers && { headers }), ...(body && { body }) });
      const { status, headers: told } = answer;
      return new Response(await read(answer), { status, headers: told });
    } catch (error) {
      throw new ProviderUnreachable(`${new URL(url).origin} cannot be reached`, { cause: error });
    }
  };
}

export function isReachable(url: string, mayUseLocalHttp: boolean): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, username, password } = new URL(url);
  if (username !== '' || password !== '') return false;
  return protocol === 'https:' || (protocol === 'http:' && mayUseLocalHttp && isLocal(hostname));
}

export function isLocal(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]';
}

async function read({ body, status }: Response): Promise<Uint8Array<ArrayBuffer> | null> {
  if (body === null || status === 204 || status === 304) return null;
  const chunks: Uint8Array[] = [];
  let length = 0;
  // leaving the loop cancels what is still to come
  for await (const chunk of body) {
    length += chunk.byteLength;
    if (length > mostBytes) throw new RangeError(`the answer has more than ${mostBytes} bytes`);
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks, length));
}
