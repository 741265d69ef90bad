/** The newest value per key, written now and then all at once. */
import { setImmediate } from 'node:timers/promises';

type Write<T> = (values: T[]) => Promise<void>;

export class WriteBehind<T> {
  readonly #write: Write<T>;
  #waiting = new Map<string, T>();
  #beingWritten = new Map<string, T>();
  #writing: Promise<void> | undefined;
  #next: Promise<void> | undefined;

  constructor(write: Write<T>) {
    this.#write = write;
  }

  put(key: string, value: T): void {
    this.#waiting.set(key, value);
  }

  get(key: string): T | undefined {
    return this.#waiting.get(key) ?? this.#beingWritten.get(key);
  }

  /** What is not yet written, of each key the newest. */
  get values(): T[] {
    return [...new Map([...this.#beingWritten, ...this.#waiting]).values()];
  }

  /** How many keys are not yet written. */
  get size(): number {
    return this.values.length;
  }

  /** Writes whatever waits, in the way of whoever asks first. Everybody who asks before that has begun shares it. */
  flush(write: Write<T> = this.#write): Promise<void> {
    this.#next ??= this.#inTurn(write);
    return this.#next;
  }

  // After the write that is under way, and not before all requests of this round of the event loop have been heard: a page asks several things at once.
  async #inTurn(write: Write<T>): Promise<void> {
    await Promise.allSettled([this.#writing, setImmediate()]);
    this.#next = undefined;
    await this.#begin(write);
  }

  #begin(write: Write<T>): Promise<void> {
    if (this.#waiting.size === 0) return Promise.resolve();
    this.#beingWritten = this.#waiting;
    this.#waiting = new Map();
    this.#writing = this.#writeOrKeep(write);
    return this.#writing;
  }

  async #writeOrKeep(write: Write<T>): Promise<void> {
    const values = this.#beingWritten;
    try {
      await write([...values.values()]);
    } catch (error) {
      this.#waiting = new Map([...values, ...this.#waiting]);
      throw error;
    } finally {
      this.#beingWritten = new Map();
      this.#writing = undefined;
    }
  }
}
