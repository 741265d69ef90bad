/** Who answers a request on the one port: the API, or the console, which asks the API in this process. */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { bindingsOf, type createApp } from '../app.ts';

/** As SvelteKit's adapter for Node.js exports it; `next` is for what the console does not know. */
export type ConsoleHandler = (incoming: PageRequest, outgoing: ServerResponse, next: () => void) => unknown;

export interface PageRequest extends IncomingMessage {
  /** Asks the API in this process, in the name of whoever sent this request. */
  readonly api: (request: Request) => Response | Promise<Response>;
}

export interface Answerers {
  readonly api: ReturnType<typeof createApp>;
  /** Undefined where the console is not built. */
  readonly console: ConsoleHandler | undefined;
  readonly publicUrl: URL;
}

export function dispatcher({ api, console: page, publicUrl }: Answerers): RequestListener {
  const answerApi = getRequestListener((request, { incoming }) => api.fetch(request, bindingsOf(incoming)));

  return function dispatch(incoming, outgoing) {
    if (page === undefined || isForApi(incoming.url)) {
      void answerApi(incoming, outgoing);
      return;
    }
    const client = bindingsOf(incoming);
    claimOrigin(incoming, ownOrigin(incoming.headers.host, publicUrl));
    const asked = Object.assign(incoming, { api: (request: Request) => api.fetch(request, client) });
    page(asked, outgoing, () => outgoing.writeHead(404).end());
  };
}

function isForApi(url = ''): boolean {
  return /^\/(?:api|health)(?:[/?]|$)/.test(url);
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
