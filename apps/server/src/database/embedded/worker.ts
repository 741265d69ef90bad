/**
 * The thread in which PGlite runs, so that a long query does not stop the server's event loop. It is handed bytes of the
 * PostgreSQL protocol and hands back the answer's, one message each; all the rest is pg's work on the other side.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { DurableFiles } from './durable-files.ts';
import type { FromWorker, ToWorker, WorkerOptions } from './worker-messages.ts';

if (parentPort === null) throw new Error('this module is the entry of a worker thread');
const port = parentPort;
const options: WorkerOptions = workerData;

const files = options.directory === undefined ? undefined : new DurableFiles(options.directory);
const database = await PGlite.create({ ...(files && { fs: files }), startParams: startParameters() });
port.on('message', (message: ToWorker) => void answer(message));
post({ kind: 'ready' });

// PGlite's own, with two changes. "-F" would turn fsync off; and of PostgreSQL's ways to sync the log, "fsync" is the one
// that Emscripten passes on to the file system: "fdatasync", the default, is lost there.
function startParameters(): string[] {
  const unsynced = PGlite.defaultStartParams;
  if (files === undefined) return unsynced;
  return [...unsynced.filter((parameter) => parameter !== '-F'), '-c', 'wal_sync_method=fsync'];
}

async function answer(message: ToWorker): Promise<void> {
  if (message.kind === 'close') {
    await database.close();
    post({ kind: 'closed' });
    port.close();
    return;
  }
  if (isStartup(message.bytes)) forgetPreviousSession();
  const bytes = execute(message.bytes);
  port.postMessage({ kind: 'answer', bytes } satisfies FromWorker, [bytes.buffer]);
}

function post(message: FromWorker): void {
  port.postMessage(message);
}

// The only message without a type before its length, whose first byte is zero.
function isStartup(bytes: Uint8Array): boolean {
  return bytes[0] === 0;
}

// PGlite is one session for as long as it lives. A connection that begins must not find what the one before it left:
// an open transaction, a role, prepared statements.
function forgetPreviousSession(): void {
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
  // its asynchronous part only concerns file systems other than ours; the callback's bytes are PGlite's own memory
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
