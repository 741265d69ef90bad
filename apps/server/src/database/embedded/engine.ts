/** PGlite in its worker thread, as something that pg can connect to. */
import { Worker } from 'node:worker_threads';
import { DatabaseUnavailable } from '../unavailable.ts';
import { ProtocolStream } from './protocol-stream.ts';
import type { FromWorker, ToWorker, WorkerOptions } from './worker-messages.ts';

export interface Engine {
  /** A new connection. PGlite has one session: the one before it is cut off. */
  connect(): ProtocolStream;
  close(): Promise<void>;
}

export async function startEngine(options: WorkerOptions): Promise<Engine> {
  const worker = new Worker(new URL(workerEntry(), import.meta.url), { workerData: options });
  let stream: ProtocolStream | undefined;
  await heard(worker, 'ready');
  worker.on('message', (message: FromWorker) => {
    if (message.kind === 'answer') stream?.receive(message.bytes);
  });
  worker.on('error', (cause) => stream?.destroy(new DatabaseUnavailable('the database worker failed', { cause })));
  return {
    connect() {
      stream?.destroy();
      stream = new ProtocolStream((bytes) =>
        worker.postMessage({ kind: 'query', bytes } satisfies ToWorker, [bytes.buffer]),
      );
      return stream;
    },
    async close() {
      worker.postMessage({ kind: 'close' } satisfies ToWorker);
      await heard(worker, 'closed');
    },
  };
}

// Beside this module in the source, beside the bundle once built.
function workerEntry(): string {
  return import.meta.url.endsWith('.ts') ? './worker.ts' : './database-worker.js';
}

async function heard(worker: Worker, kind: FromWorker['kind']): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const listen = (message: FromWorker) => {
    if (message.kind === kind) resolve();
  };
  worker.on('message', listen).once('error', reject);
  try {
    await promise;
  } finally {
    worker.off('message', listen).off('error', reject);
  }
}
