/** One transaction on a connection of the pool, which waits for the database only where there is an answer to wait for. */
import {
  type CompiledQuery,
  type DatabaseConnection,
  DefaultQueryExecutor,
  PostgresDialect,
  type QueryResult,
  Transaction,
} from 'kysely';
import type { Pool, PoolClient, QueryResultRow } from 'pg';
import type { Work } from './database.ts';
import { nameOf } from './planned-once.ts';
import type { Tables } from './tables.ts';

export interface Beginning {
  /** Begins the transaction, and says in whose name. */
  readonly statements: string;
  /** Whose end nobody has to wait for. */
  readonly isReadOnly?: boolean;
  /** Of a single statement, with which the end travels. */
  readonly isOneStatement?: boolean;
}

export async function runTransaction<T>(pool: Pool, beginning: Beginning, work: Work<T>): Promise<T> {
  return await onConnection(pool, (client) => transactionOn(client, { pool, beginning, work }));
}

export interface Step<T> {
  readonly beginning: Beginning;
  readonly work: Work<T>;
}

/**
 * Two transactions, one right behind the other: on a pipeline the second is sent with the first, and begins on the server when that has ended. Rejects if
 * either fails; `firstDone` is called as soon as the first has succeeded.
 */
export async function runBehind<T>(
  pool: Pool,
  first: Step<unknown>,
  second: Step<T>,
  firstDone: () => void,
): Promise<T> {
  return await onConnection(pool, async (client) => {
    const before = transactionOn(client, { pool, ...first }).then(firstDone);
    if (!client.pipeline) await before;
    const [done, answer] = await Promise.allSettled([before, transactionOn(client, { pool, ...second })]);
    if (done.status === 'rejected') throw done.reason;
    if (answer.status === 'rejected') throw answer.reason;
    return answer.value;
  });
}

/** A connection whose transaction broke off goes back clean, or not at all. */
async function onConnection<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    const answer = await work(client);
    client.release();
    return answer;
  } catch (error) {
    client.release(!(await isRolledBack(client)));
    throw error;
  }
}

/** Everything that a `writing-behind` sends has been sent when this returns its promise. */
async function transactionOn<T>(client: PoolClient, { pool, beginning, work }: Step<T> & { pool: Pool }): Promise<T> {
  const statements = new Statements(client);
  try {
    const beginningNow = begin(client, beginning);
    // Where several statements may be under way, what follows is sent with it, and in vain if this was.
    if (!client.pipeline) await beginningNow;
    const working = work(transactionOver(pool, statements));
    const isWhole = beginning.isOneStatement && client.pipeline && statements.sent === 1;
    const ending = isWhole ? end() : undefined;
    const [begun, done] = await Promise.allSettled([beginningNow, working, ending]);
    if (begun.status === 'rejected') throw begun.reason;
    if (done.status === 'rejected') throw done.reason;
    await (ending ?? end());
    return done.value;
  } finally {
    statements.end();
  }

  function end(): Promise<void> {
    statements.end();
    return commit(client, beginning);
  }
}

// What is asked for before anything else gets its turn travels as one: the system is called once, and the other process is woken once.
function begin(client: PoolClient, { statements }: Beginning): Promise<unknown> {
  const { stream } = client.connection;
  stream.cork();
  process.nextTick(() => stream.uncork());
  return client.query(statements);
}

async function commit(client: PoolClient, { isReadOnly = false }: Beginning): Promise<void> {
  const committed = client.query('commit');
  // Whoever has the connection next comes after it; and a connection that broke leaves the pool by itself.
  if (isReadOnly) committed.catch(() => {});
  else if ((await committed).command === 'ROLLBACK') throw new Error('a statement of the transaction had failed');
}

async function isRolledBack(client: PoolClient): Promise<boolean> {
  try {
    await client.query('rollback');
    return true;
  } catch {
    return false;
  }
}

function transactionOver(pool: Pool, connection: DatabaseConnection): Transaction<Tables> {
  const dialect = new PostgresDialect({ pool });
  const executor = new DefaultQueryExecutor(dialect.createQueryCompiler(), dialect.createAdapter(), {
    provideConnection: (consumer) => consumer(connection),
  });
  return new Transaction({ config: { dialect }, dialect, driver: dialect.createDriver(), executor });
}

/** Sent in the order in which they are asked for; on a pipeline the next before the last is answered. */
class Statements implements DatabaseConnection {
  readonly #client: PoolClient;
  /** How many have been asked for. */
  sent = 0;
  #ended: boolean = false;
  #last: Promise<unknown> = Promise.resolve();

  constructor(client: PoolClient) {
    this.#client = client;
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    // On a connection that was given back it would be part of somebody else's transaction.
    if (this.#ended) throw new Error('the transaction is over');
    this.sent += 1;
    const { sql: text, parameters } = query;
    const send = () => this.#client.query<Row & QueryResultRow>({ text, values: [...parameters], name: nameOf(query) });
    const answer = this.#client.pipeline ? send() : this.#last.then(send, send);
    this.#last = answer;
    const { rows, rowCount, command } = await answer;
    return { rows, ...(command !== 'SELECT' && rowCount !== null && { numAffectedRows: BigInt(rowCount) }) };
  }

  streamQuery(): never {
    throw new Error('what is long is read in several statements');
  }

  end(): void {
    this.#ended = true;
  }
}
