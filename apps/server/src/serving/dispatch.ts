/** Who answers a request on the one port: the API, or the console, which asks the API in this process. */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { bindingsOf, type createApp } from '../app.ts';

/** As SvelteKit's adapter for Node.js exports it. */
export type ConsoleHandler = (incoming: IncomingMessage, outgoing: ServerResponse, next: () => void) => unknown;

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
    const bindings = bindingsOf(incoming);
    const origin = ownOrigin(incoming.headers.host, publicUrl);
    // what a client says of itself here is never believed: it would choose the console's idea of its own address
    incoming.headers['x-forwarded-proto'] = origin.protocol.replace(':', '');
    incoming.headers['x-forwarded-host'] = origin.host;
    Object.assign(incoming, { api: (request: Request) => api.fetch(request, bindings) });
    page(incoming, outgoing, () => outgoing.writeHead(404).end());
  };
}

function isForApi(url = ''): boolean {
  return /^\/(?:api|health)(?:[/?]|$)/.test(url);
}

// localhost and 127.0.0.1 are one place by two names, and a browser sends its form to the one it was opened under.
function ownOrigin(host: string | undefined, publicUrl: URL): URL {
  const isLocal = publicUrl.protocol === 'http:' && [`localhost:${publicUrl.port}`, `127.0.0.1:${publicUrl.port}`];
  return isLocal && host !== undefined && isLocal.includes(publicUrl.host) && isLocal.includes(host)
    ? new URL(`http://${host}`)
    : publicUrl;
}
