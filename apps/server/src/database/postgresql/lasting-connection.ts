/** One connection, made when it is first needed, and anew after it broke. */
import pg from 'pg';
import { beginService } from '../pooled-database.ts';

export class LastingConnection {
  readonly #config: pg.ClientConfig;
  #client: Promise<pg.Client> | undefined;

  constructor(config: pg.ClientConfig) {
    this.#config = config;
  }

  async query<Row extends pg.QueryResultRow>(query: pg.QueryConfig): Promise<pg.QueryResult<Row>> {
    this.#client ??= this.#connect();
    const client = await this.#client;
    return await client.query<Row>(query);
  }

  async close(): Promise<void> {
    const client = await this.#client;
    await client?.end();
  }

  #connect(): Promise<pg.Client> {
    const client = new pg.Client(this.#config);
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
