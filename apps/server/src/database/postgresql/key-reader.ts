/**
 * The reads behind token checks. They are many, small and alike, so they are sent one behind the other on two connections
 * without waiting for answers, instead of each waiting for a connection of the pool.
 */
import pg from 'pg';
import type { SessionByKey } from '../database.ts';
import { beginService, sessionByKey } from '../pooled-database.ts';

const CONNECTIONS = 2;

export class KeyReader {
  readonly #config: pg.ClientConfig;
  readonly #clients: (Promise<pg.Client> | undefined)[] = Array(CONNECTIONS).fill(undefined);
  #turn = 0;

  constructor(config: pg.ClientConfig) {
    this.#config = config;
  }

  async read(organizationId: string, requestId: string): Promise<SessionByKey | undefined> {
    this.#turn = (this.#turn + 1) % CONNECTIONS;
    const client = await (this.#clients[this.#turn] ??= this.#connect(this.#turn));
    const { rows } = await client.query<SessionByKey>(sessionByKey(organizationId, requestId));
    return rows[0];
  }

  async close(): Promise<void> {
    const open = this.#clients.splice(0).map(async (client) => (await client)?.end());
    await Promise.allSettled(open);
  }

  // A connection that breaks, or never came about, leaves its place to the next read.
  async #connect(place: number): Promise<pg.Client> {
    const client = new pg.Client({ ...this.#config, pipeline: true });
    const vacate = () => {
      this.#clients[place] = undefined;
    };
    client.on('error', vacate).on('end', vacate);
    try {
      await client.connect();
      await beginService(client);
      return client;
    } catch (error) {
      vacate();
      await client.end();
      throw error;
    }
  }
}
