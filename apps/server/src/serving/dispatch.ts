/** Who answers a request on the one port: the API, or the console, which asks the API in this process. */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import compression from '@polka/compression';
import type { Api } from '../http/api.ts';
import { bindingsOf } from '../http/client-address.ts';
import { type PageLog, pageLogger } from './log-pages.ts';
import { answerSafely, safeHeaders } from './safe-headers.ts';
import type { TokenCheckAnswerer } from './token-checks.ts';

/** As SvelteKit's adapter for Node.js exports it; `next` is for what the console does not know. */
export type ConsoleHandler = (incoming: PageRequest, outgoing: ServerResponse, next: () => void) => unknown;

export interface PageRequest extends IncomingMessage {
  /** Asks the API in this process, in the name of whoever sent this request. */
  readonly api: (request: Request) => Response | Promise<Response>;
  /** For what nobody expected: it is logged, and never shown. */
  readonly failed: (error: unknown) => void;
}

export interface Answerers extends PageLog {
  readonly api: Api;
  readonly answerTokenCheck: TokenCheckAnswerer;
  /** Undefined where the console is not built. */
  readonly console: ConsoleHandler | undefined;
  readonly publicUrl: URL;
}

export function dispatcher({
  api,
  answerTokenCheck,
  console: page,
  publicUrl,
  ...logging
}: Answerers): RequestListener {
  const answerApi = getRequestListener((request, { incoming }) =>
    api.fetch(request, {
      ...bindingsOf(incoming),
      ...('traceId' in incoming && { traceId: String(incoming.traceId) }),
    }),
  );
  const tracePage = pageLogger(logging);
  const compressed = compression();

  return function dispatch(incoming, outgoing) {
    if (isFromNobody(incoming)) return void incoming.destroy();
    takeOriginForm(incoming);
    if (page === undefined || isForApi(incoming.url)) {
      const traceId = logging.newId();
      if (answerTokenCheck(incoming, outgoing, traceId)) return;
      answerSafely(outgoing, traceId);
      void answerApi(Object.assign(incoming, { traceId }), outgoing);
      return;
    }
    outgoing.setHeaders(safeHeaders);
    const traceId = tracePage(incoming, outgoing);
    const client = bindingsOf(incoming);
    claimOrigin(incoming, ownOrigin(incoming.headers.host, publicUrl));
    const asked = Object.assign(incoming, {
      api: (request: Request) => api.fetch(request, client),
      failed: (error: unknown) => logging.log.error({ traceId, err: error }, 'a page failed'),
    });
    const answer = () => page(asked, outgoing, () => outgoing.writeHead(404).end());
    if (isBuiltFile(incoming.url)) return void answer();
    outgoing.setHeader('Vary', 'Accept-Encoding');
    if (refusesGzip(incoming)) return void answer();
    compressed(incoming, outgoing, answer);
  };
}

// Whoever cut the connection before their request was looked at hears no answer, and cannot be said to have been anywhere: it would be done in the name of
// 0.0.0.0. Once known, the address stays known.
function isFromNobody({ socket }: IncomingMessage): boolean {
  return socket.remoteAddress === undefined;
}

// Whoever takes this for a proxy names the whole address: its host then counts, whatever Host says (RFC 9112, 3.2.2).
function takeOriginForm(incoming: IncomingMessage): void {
  const [, host, target = ''] = /^https?:\/\/([^/?#]+)(.*)$/i.exec(incoming.url ?? '') ?? [];
  if (host === undefined) return;
  incoming.headers.host = host;
  incoming.url = target.startsWith('/') ? target : `/${target}`;
}

function isForApi(url = ''): boolean {
  return /^\/(?:api|health|metrics)(?:[/?]|$)/.test(url);
}

// They lie there compressed.
function isBuiltFile(url = ''): boolean {
  return url.startsWith('/_app/');
}

// What compresses looks for the word alone, which may also be there to say: not this one (RFC 9110, 12.5.3).
function refusesGzip({ headers }: IncomingMessage): boolean {
  return /\bgzip\s*;\s*q=0(?:\.0*)?\s*(?:,|$)/i.test(String(headers['accept-encoding']));
}

// Whatever a client says of itself here is overwritten: it would choose the console's idea of its own address.
function claimOrigin({ headers }: IncomingMessage, { protocol, host }: URL): void {
  headers['x-forwarded-proto'] = protocol.replace(':', '');
  headers['x-forwarded-host'] = host;
}

// Two names of this machine, which people mix: a form comes from the one that the page was opened under.
function ownOrigin(host: string | undefined, publicUrl: URL): URL {
  const local = ['localhost', '127.0.0.1'].map((name) => (publicUrl.port ? `${name}:${publicUrl.port}` : name));
  const isOurs = publicUrl.protocol === 'http:' && local.includes(publicUrl.host) && local.includes(host ?? '');
  return isOurs ? new URL(`http://${host}`) : publicUrl;
}
