/** The console's requests in the log, as the API's are in it: without queries, which may hold names and addresses. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { bindingsOf, clientReader } from '../http/client-address.ts';
import { pathForLog } from '../http/trace.ts';

export interface PageLog {
  readonly log: Logger;
  readonly newId: () => string;
  /** Milliseconds, never backwards. */
  readonly monotonic: () => number;
  readonly trustedProxies: readonly string[];
}

// Scripts, styles and typefaces, whose names change with what they hold: they would bury everything else.
const asset = /^\/_app\/immutable\//;

/** What it returns gives a request the id that its answer, its line and its failures carry. */
export function pageLogger({ log, newId, monotonic, trustedProxies }: PageLog) {
  const readClient = clientReader(trustedProxies);

  return function tracePage(incoming: IncomingMessage, outgoing: ServerResponse): string {
    const begin = monotonic();
    const traceId = newId();
    const { method, url = '/' } = incoming;
    const path = pathForLog(url);
    const { ipAddress } = readClient(bindingsOf(incoming).client);
    outgoing.setHeader('Rollcall-Trace-Id', traceId);
    outgoing.once('close', () => {
      const { statusCode: status, writableFinished } = outgoing;
      const milliseconds = Math.round(monotonic() - begin);
      const level = asset.test(path) && status < 400 ? 'debug' : 'info';
      const message = writableFinished ? 'request' : 'request cut off';
      log[level]({ traceId, method, path, status, milliseconds, ipAddress }, message);
    });
    return traceId;
  };
}
