/** Work that is under way, so that closing can wait for it and refuse what comes later. */
import { DatabaseUnavailable } from './unavailable.ts';

export class InFlight {
  readonly #work = new Set<Promise<unknown>>();
  #closed: boolean = false;

  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#closed) throw new DatabaseUnavailable('the database is being closed');
    const running = work();
    this.#work.add(running);
    try {
      return await running;
    } finally {
      this.#work.delete(running);
    }
  }

  /** Resolves when all of it has settled. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.allSettled(this.#work);
  }
}
