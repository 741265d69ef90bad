/** One life of the worker: from its start to its end, whichever way that comes. */
import { Worker } from 'node:worker_threads';
import { DatabaseUnavailable } from '../unavailable.ts';
import type { ProtocolStream } from './protocol-stream.ts';
import type { FromWorker, ToWorker, WorkerOptions } from './worker-messages.ts';

/** A query that runs for longer ends with its thread: PGlite cannot be interrupted otherwise. */
export interface QueryLimit {
  milliseconds?: number;
}

export class Thread {
  readonly opened: Promise<void>;
  /** Resolves when it has ended, with what to tell those who were connected. */
  readonly exit: Promise<DatabaseUnavailable>;
  ended: boolean = false;
  readonly #worker: Worker;
  readonly #limit: QueryLimit;
  /** Who is owed an answer, in order. */
  readonly #asking: ProtocolStream[] = [];
  #timer: NodeJS.Timeout | undefined;
  #cause: unknown;

  constructor(workerData: WorkerOptions, limit: QueryLimit) {
    const opened = Promise.withResolvers<void>();
    const exit = Promise.withResolvers<DatabaseUnavailable>();
    this.opened = opened.promise;
    this.opened.catch(() => {
      // whoever connects is told; that nobody did is no failure of its own
    });
    this.exit = exit.promise;
    this.#limit = limit;
    this.#worker = new Worker(workerEntry(), { workerData });
    this.#worker.on('message', (message: FromWorker) => {
      if (message.kind === 'ready') opened.resolve();
      else if (message.kind === 'failed') this.#cause = new Error(message.reason);
      else this.#answer(message.bytes);
    });
    this.#worker.on('error', (error) => {
      this.#cause = error;
    });
    this.#worker.on('exit', () => {
      const error = this.#end();
      opened.reject(error);
      exit.resolve(error);
    });
  }

  send(stream: ProtocolStream, bytes: Uint8Array<ArrayBuffer>): void {
    this.#asking.push(stream);
    if (this.#asking.length === 1) this.#restartTimer();
    this.#worker.postMessage({ kind: 'bytes', bytes } satisfies ToWorker, [bytes.buffer]);
  }

  /** Finishes what was sent, then closes the database in good order. */
  async close(): Promise<void> {
    if (this.ended) return;
    this.#worker.postMessage({ kind: 'close' } satisfies ToWorker);
    await this.exit;
  }

  #answer(bytes: Uint8Array<ArrayBuffer>): void {
    this.#asking.shift()?.receive(bytes);
    this.#restartTimer();
  }

  #restartTimer(): void {
    clearTimeout(this.#timer);
    const { milliseconds } = this.#limit;
    if (milliseconds === undefined || this.#asking.length === 0) return;
    this.#timer = setTimeout(() => {
      this.#cause = new Error(`a query ran for more than ${milliseconds} ms`);
      void this.#worker.terminate();
    }, milliseconds);
  }

  #end(): DatabaseUnavailable {
    this.ended = true;
    clearTimeout(this.#timer);
    const reason = this.#cause instanceof Error ? this.#cause.message : 'its thread ended';
    return new DatabaseUnavailable(`the embedded database stopped: ${reason}`, { cause: this.#cause });
  }
}

// Beside this module in the source, beside the bundle once built.
function workerEntry(): URL {
  return new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './database-worker.js', import.meta.url);
}
