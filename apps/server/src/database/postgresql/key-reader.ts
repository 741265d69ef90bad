/**
 * The reads behind token checks. They are many, small and alike, so they are sent one behind the other on two connections
 * without waiting for answers, instead of each waiting for a connection of the pool.
 */
import pg from 'pg';
import type { SessionByKey } from '../database.ts';
import { beginService, sessionByKey } from '../pooled-database.ts';

export class KeyReader {
  readonly #pipelines: readonly [Pipeline, Pipeline];
  #reads = 0;

  constructor(config: pg.ClientConfig) {
    this.#pipelines = [new Pipeline(config), new Pipeline(config)];
  }

  async read(organizationId: string, requestId: string): Promise<SessionByKey | undefined> {
    this.#reads += 1;
    const client = await this.#pipelines[this.#reads % 2 === 0 ? 0 : 1].client();
    const { rows } = await client.query<SessionByKey>(sessionByKey(organizationId, requestId));
    return rows[0];
  }

  async ping(): Promise<void> {
    const client = await this.#pipelines[0].client();
    await client.query('select');
  }

  async close(): Promise<void> {
    await Promise.all(this.#pipelines.map((pipeline) => pipeline.close()));
  }
}

/** One connection, made when it is first needed, and anew after it broke. */
class Pipeline {
  readonly #config: pg.ClientConfig;
  #client: Promise<pg.Client> | undefined;

  constructor(config: pg.ClientConfig) {
    this.#config = config;
  }

  client(): Promise<pg.Client> {
    this.#client ??= this.#connect();
    return this.#client;
  }

  async close(): Promise<void> {
    const client = await this.#client;
    await client?.end();
  }

  #connect(): Promise<pg.Client> {
    const client = new pg.Client({ ...this.#config, pipeline: true });
    const connected = connect(client);
    const forget = () => {
      if (this.#client === connected) this.#client = undefined;
    };
    client.on('error', forget).on('end', forget);
    connected.catch(forget);
    return connected;
  }
}

async function connect(client: pg.Client): Promise<pg.Client> {
  try {
    await client.connect();
    await beginService(client);
    return client;
  } catch (error) {
    await client.end();
    throw error;
  }
}
