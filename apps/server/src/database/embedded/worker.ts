/**
 * The thread in which PGlite runs, so that a long query does not stop the server's event loop. It is handed bytes of the
 * PostgreSQL protocol and hands back the answer's; all the rest is pg's work on the other side. Whatever goes wrong here
 * ends the thread, which is what a crash of PostgreSQL is: the next one recovers from the log.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { DurableFiles } from './durable-files.ts';
import { createDatabase } from './template.ts';
import type { FromWorker, ToWorker, WorkerOptions } from './worker-messages.ts';

if (parentPort === null) throw new Error('this module is the entry of a worker thread');
const port = parentPort;
const { directory, template }: WorkerOptions = workerData;

await createDatabase(directory, template);
const database = await PGlite.create({ fs: new DurableFiles(directory), startParams: durableParameters() });
port.on('message', answer);
port.postMessage({ kind: 'ready' } satisfies FromWorker);

// PGlite's own, with two changes. "-F" would turn fsync off; and of PostgreSQL's ways to sync the log, "fsync" is the one
// that Emscripten passes on to the file system: "fdatasync", the default, is lost there.
function durableParameters(): string[] {
  return [...PGlite.defaultStartParams.filter((parameter) => parameter !== '-F'), '-c', 'wal_sync_method=fsync'];
}

function answer(message: ToWorker): void {
  if (message.kind === 'close') {
    void database.close().then(() => port.close());
    return;
  }
  if (isStartup(message.bytes)) forgetPreviousConnection();
  const bytes = execute(message.bytes);
  port.postMessage({ kind: 'bytes', bytes } satisfies FromWorker, [bytes.buffer]);
}

// The only message without a type before its length, whose first byte is zero.
function isStartup(bytes: Uint8Array): boolean {
  return bytes[0] === 0;
}

// PGlite is one session for as long as it lives. A connection that begins must not find what the one before it left:
// an open transaction, a role, prepared statements.
function forgetPreviousConnection(): void {
  if (database.isInTransaction()) execute(simpleQuery('rollback'));
  execute(simpleQuery('discard all'));
}

function simpleQuery(sql: string): Uint8Array {
  const message = Buffer.alloc(sql.length + 6);
  message.write('Q');
  message.writeInt32BE(sql.length + 5, 1);
  message.write(sql, 5);
  return message;
}

function execute(message: Uint8Array): Uint8Array<ArrayBuffer> {
  if (isStartup(message)) return Uint8Array.from(database.execProtocolRawSync(message));
  const chunks: Uint8Array[] = [];
  // what is handed over is PGlite's own memory; its promise only concerns file systems that have to be synced
  void database.execProtocolRawStream(message, {
    syncToFs: false,
    onRawData: (bytes) => void chunks.push(bytes.slice()),
  });
  return joined(chunks);
}

function joined(chunks: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(chunks.reduce((length, chunk) => length + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}
