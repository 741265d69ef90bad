/** What the server and the database's worker say to each other. */

export interface WorkerOptions {
  /** Where the database is; in memory without it. */
  directory?: string;
}

export type ToWorker = { kind: 'query'; bytes: Uint8Array<ArrayBuffer> } | { kind: 'close' };

export type FromWorker = { kind: 'ready' } | { kind: 'answer'; bytes: Uint8Array<ArrayBuffer> } | { kind: 'closed' };
