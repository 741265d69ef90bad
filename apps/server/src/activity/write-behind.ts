/** The newest value per key, written now and then all at once. */
export class WriteBehind<T> {
  readonly #write: (values: T[]) => Promise<void>;
  #waiting = new Map<string, T>();
  #beingWritten = new Map<string, T>();
  #writing: Promise<void> | undefined;
  #next: Promise<void> | undefined;

  constructor(write: (values: T[]) => Promise<void>) {
    this.#write = write;
  }

  put(key: string, value: T): void {
    this.#waiting.set(key, value);
  }

  get(key: string): T | undefined {
    return this.#waiting.get(key) ?? this.#beingWritten.get(key);
  }

  /** How many keys are not yet written. */
  get size(): number {
    return new Set([...this.#waiting.keys(), ...this.#beingWritten.keys()]).size;
  }

  /** Writes whatever waits. While one write is under way, everybody else who asks shares the one after it. */
  flush(): Promise<void> {
    if (!this.#writing) return this.#begin();
    this.#next ??= this.#afterThisOne(this.#writing);
    return this.#next;
  }

  async #afterThisOne(current: Promise<void>): Promise<void> {
    await Promise.allSettled([current]);
    this.#next = undefined;
    await this.#begin();
  }

  #begin(): Promise<void> {
    if (this.#waiting.size === 0) return Promise.resolve();
    this.#beingWritten = this.#waiting;
    this.#waiting = new Map();
    this.#writing = this.#writeOrKeep();
    return this.#writing;
  }

  async #writeOrKeep(): Promise<void> {
    const values = this.#beingWritten;
    try {
      await this.#write([...values.values()]);
    } catch (error) {
      this.#waiting = new Map([...values, ...this.#waiting]);
      throw error;
    } finally {
      this.#beingWritten = new Map();
      this.#writing = undefined;
    }
  }
}
