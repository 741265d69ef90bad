/** PGlite in its thread, as something that pg can connect to. When the thread dies, the next connection starts another. */
import { ProtocolStream } from './protocol-stream.ts';
import { type QueryLimit, Thread } from './thread.ts';
import type { WorkerOptions } from './worker-messages.ts';

export class Engine {
  /** None until it is set: a migration may take its time. */
  readonly queryLimit: QueryLimit = {};
  readonly #options: WorkerOptions;
  #thread: Thread | undefined;
  #stream: ProtocolStream | undefined;

  constructor(options: WorkerOptions) {
    this.#options = options;
  }

  /** Resolves when the database is open; rejects with why it cannot be. */
  async open(): Promise<void> {
    await this.#runningThread().opened;
  }

  /** PGlite has one session: a new connection cuts off the one before it. */
  connect(): ProtocolStream {
    this.#stream?.destroy();
    const thread = this.#runningThread();
    const stream = new ProtocolStream(thread);
    void thread.exit.then((error) => stream.destroy(error));
    this.#stream = stream;
    return stream;
  }

  /** Finishes what was sent and closes the database in good order. */
  async close(): Promise<void> {
    await this.#thread?.close();
  }

  #runningThread(): Thread {
    if (this.#thread === undefined || this.#thread.ended) this.#thread = new Thread(this.#options, this.queryLimit);
    return this.#thread;
  }
}
