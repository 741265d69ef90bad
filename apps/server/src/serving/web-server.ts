/** The one port. It is taken before all is ready, so that whoever comes too early waits instead of being refused. */
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { CommandFailed } from '../commands/command.ts';

export interface WebServer {
  readonly port: number;
  /** Requests wait until this is called. */
  answerWith(listener: RequestListener): void;
  /** Takes no more requests, and finishes those that are under way; after `patienceMs` they are cut off. */
  close(patienceMs: number): Promise<void>;
}

const limits = {
  headersTimeout: 15_000,
  requestTimeout: 60_000,
  // longer than proxies keep theirs, which would otherwise write into one that was just closed
  keepAliveTimeout: 65_000,
  // the longest search is 18 kB in an address, where each of its letters takes nine
  maxHeaderSize: 32 * 1024,
};

/** Throws `CommandFailed` when the port cannot be had. */
export async function listen({ host, port }: { host: string; port: number }): Promise<WebServer> {
  const ready = Promise.withResolvers<RequestListener>();
  const server = createServer(limits, async (incoming, outgoing) => {
    const listener = await ready.promise;
    listener(incoming, outgoing);
  });
  try {
    server.listen({ host, port });
    await once(server, 'listening');
  } catch (error) {
    throw new CommandFailed(reasonOf(error, { host, port }), { cause: error });
  }
  return {
    port: portOf(server),
    answerWith: ready.resolve,
    close: (patienceMs) => close(server, patienceMs),
  };
}

async function close(server: Server, patienceMs: number): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  // a connection that becomes idle only now would be kept open for further requests
  const idle = setInterval(() => server.closeIdleConnections(), 50);
  const impatient = setTimeout(() => server.closeAllConnections(), patienceMs);
  await closed;
  clearInterval(idle);
  clearTimeout(impatient);
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server listens on no port');
  return address.port;
}

function reasonOf(error: unknown, { host, port }: { host: string; port: number }): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE')
    return `port ${port} on ${host} is taken by another program: end it, or set PORT to another one`;
  if (code === 'EACCES') return `port ${port} is not for ordinary users: set PORT to one from 1024 up`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return `HOST is "${host}", which is no address of this machine`;
  return `cannot listen on port ${port} of ${host}: ${error instanceof Error ? error.message : String(error)}`;
}
