/** What the server and the thread of its embedded database say to each other. */

export interface WorkerOptions {
  /** Where the database is, or will be. */
  directory: string;
  /** What a new database is a copy of, if it exists. */
  template: string;
}

/** Whole messages of the PostgreSQL protocol. The worker answers each of these with one, in order. */
export interface Bytes {
  kind: 'bytes';
  bytes: Uint8Array<ArrayBuffer>;
}

export type ToWorker = Bytes | { kind: 'close' };

export type FromWorker = Bytes | { kind: 'ready' } | { kind: 'failed'; reason: string };
