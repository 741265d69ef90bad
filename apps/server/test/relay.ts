/** A stretch of network in front of a database, on which bytes can be held back: the server is there, and says nothing. */
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

export interface Relay extends AsyncDisposable {
  /** The address that it leads to, through it. */
  readonly url: string;
  holdBack(): void;
  letThrough(): void;
}

export async function relayTo(address: string): Promise<Relay> {
  const { hostname, port } = new URL(address);
  const pairs = new Set<readonly [Socket, Socket]>();
  let isHolding = false;
  const server = createServer((client) => {
    const pair = [client, connect(Number(port), hostname)] as const;
    pairs.add(pair);
    for (const socket of pair) socket.on('error', () => {}).on('close', () => hangUp(pair));
    if (!isHolding) join(pair);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    url: throughPort(address, server.address()),
    holdBack() {
      isHolding = true;
      for (const pair of pairs) part(pair);
    },
    letThrough() {
      isHolding = false;
      for (const pair of pairs) join(pair);
    },
    async [Symbol.asyncDispose]() {
      for (const pair of pairs) hangUp(pair);
      server.close();
      await once(server, 'close');
    },
  };

  function hangUp(pair: readonly [Socket, Socket]): void {
    pairs.delete(pair);
    for (const socket of pair) socket.destroy();
  }
}

function join([client, upstream]: readonly [Socket, Socket]): void {
  client.pipe(upstream).pipe(client);
}

function part([client, upstream]: readonly [Socket, Socket]): void {
  client.unpipe(upstream);
  upstream.unpipe(client);
}

function throughPort(address: string, bound: ReturnType<ReturnType<typeof createServer>['address']>): string {
  if (bound === null || typeof bound === 'string') throw new Error('no port was given');
  const url = new URL(address);
  url.host = `127.0.0.1:${bound.port}`;
  return url.href;
}
