/**
 * The thread in which PGlite runs, so that a long query does not stop the server's event loop. It is handed bytes of the
 * PostgreSQL protocol and hands back the answer's; all the rest is pg's work on the other side. When PostgreSQL crashes,
 * the thread ends: the next one recovers from the log.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { btree_gin } from '@electric-sql/pglite/contrib/btree_gin';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { DurableFiles } from './durable-files.ts';
import { createDatabase } from './template.ts';
import type { FromWorker, ToWorker, WorkerOptions } from './worker-messages.ts';

if (parentPort === null) throw new Error('this module is the entry of a worker thread');
const port = parentPort;
const { directory, template }: WorkerOptions = workerData;
let lastWords: string | undefined;

const database = await open().catch(fail);
port.on('message', (message: ToWorker) => void answer(message).catch(fail));
port.postMessage({ kind: 'ready' } satisfies FromWorker);

async function open(): Promise<PGlite> {
  await createDatabase(directory, template);
  const opened = await PGlite.create({
    fs: new DurableFiles(directory),
    extensions: { btree_gin, pg_trgm },
    startParams: durableParameters(),
    onStderr: (line) => {
      if (/ (?:PANIC|FATAL): /.test(line)) lastWords = line;
      return false;
    },
  });
  failWithPostgresql(opened.Module);
  return opened;
}

// PGlite's own, with two changes. "-F" would turn fsync off; and of PostgreSQL's ways to sync the log, "fsync" is the one
// that Emscripten passes on to the file system: "fdatasync", the default, is lost there.
function durableParameters(): string[] {
  return [...PGlite.defaultStartParams.filter((parameter) => parameter !== '-F'), '-c', 'wal_sync_method=fsync'];
}

const LONG_JUMP = 100;

// PostgreSQL reports an SQL error by a long jump, which PGlite turns into an exit with this status. It swallows all else,
// such as a panic or running out of memory, and would go on with whatever that has left.
function failWithPostgresql(module: PGlite['Module']): void {
  const mainLoopOnce = module._PostgresMainLoopOnce;
  module._PostgresMainLoopOnce = () => {
    try {
      mainLoopOnce();
    } catch (error) {
      if (error instanceof Object && 'status' in error && error.status === LONG_JUMP) throw error;
      fail(error);
    }
  };
}

function fail(error: unknown): never {
  port.postMessage({ kind: 'failed', reason: lastWords ?? String(error) } satisfies FromWorker);
  process.exit(1);
}

async function answer(message: ToWorker): Promise<void> {
  if (message.kind === 'close') {
    await database.close();
    port.close();
    return;
  }
  if (isStartup(message.bytes)) await forgetPreviousConnection();
  const bytes = await execute(message.bytes);
  port.postMessage({ kind: 'bytes', bytes } satisfies FromWorker, [bytes.buffer]);
}

// The only message without a type before its length, whose first byte is zero.
function isStartup(bytes: Uint8Array): boolean {
  return bytes[0] === 0;
}

// PGlite is one session for as long as it lives. A connection that begins must not find what the one before it left:
// an open transaction, a role, prepared statements.
async function forgetPreviousConnection(): Promise<void> {
  if (database.isInTransaction()) await execute(simpleQuery('rollback'));
  await execute(simpleQuery('discard all'));
}

function simpleQuery(sql: string): Uint8Array {
  const message = Buffer.alloc(sql.length + 6);
  message.write('Q');
  message.writeInt32BE(sql.length + 5, 1);
  message.write(sql, 5);
  return message;
}

async function execute(message: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  if (isStartup(message)) return Uint8Array.from(database.execProtocolRawSync(message));
  const chunks: Uint8Array[] = [];
  await database.execProtocolRawStream(message, {
    syncToFs: false,
    // what is handed over is PGlite's own memory
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
