/** The console's requests in the log, as the API's are in it: without queries, which may hold names and addresses. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { bindingsOf, clientReader } from '../http/client-address.ts';

export interface PageLog {
  readonly log: Logger;
  /** Milliseconds, never backwards. */
  readonly monotonic: () => number;
  readonly trustedProxies: readonly string[];
}

// Scripts, styles and typefaces, whose names change with what they hold: they would bury everything else.
const asset = /^\/_app\/immutable\//;

export function pageLogger({ log, monotonic, trustedProxies }: PageLog) {
  const readClient = clientReader(trustedProxies);

  return function logPage(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const begin = monotonic();
    const { method } = incoming;
    const [path = '/'] = (incoming.url ?? '/').split('?', 1);
    const { client } = bindingsOf(incoming);
    outgoing.once('close', () => {
      const milliseconds = Math.round(monotonic() - begin);
      const status = outgoing.writableFinished ? outgoing.statusCode : 'cut off';
      const ipAddress = client && readClient(client).ipAddress;
      log[asset.test(path) ? 'debug' : 'info']({ method, path, status, milliseconds, ipAddress }, 'page');
    });
  };
}
