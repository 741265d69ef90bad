import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createRollcall } from '@rollcall/sdk';

const program = fileURLToPath(new URL('../../apps/server/dist/main.js', import.meta.url));
const administrator = { email: 'admin@rollcall.test', password: 'correct horse battery staple' };

/** The product as `npm start` starts it: its own process, port and data directory. */
export interface Rollcall {
  readonly url: string;
  readonly administrator: { readonly email: string; readonly password: string };
  readonly dataDirectory: string;
  /** Runs a `rollcall` command beside the server, with `input` on its standard input, and answers what it printed. */
  command(args: readonly string[], input?: string): Promise<string>;
  /** A new client that is nobody yet. `userAgent` is what it says it is. */
  client(userAgent?: string): ReturnType<typeof createRollcall>;
  /** Stops the server and starts it again on the same port and data. */
  stop(): Promise<void>;
  start(): Promise<void>;
  end(): Promise<void>;
}

/** `variables` are added to its environment. */
export async function startRollcall(variables: Readonly<Record<string, string>> = {}): Promise<Rollcall> {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'rollcall-e2e-'));
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const env = {
    ...process.env,
    PORT: String(port),
    ROLLCALL_DATA_DIR: dataDirectory,
    ROLLCALL_ADMIN_PASSWORD: administrator.password,
    ROLLCALL_SIGN_IN_LIMIT: '5',
    ...variables,
  };
  let server: ChildProcess | undefined;

  async function start(): Promise<void> {
    server = spawn(process.execPath, [program, 'serve'], { env, stdio: ['ignore', 'ignore', 'inherit'] });
    await ready(`${url}/health/ready`, server);
  }

  async function stop(): Promise<void> {
    if (server?.exitCode !== null) return;
    server.kill('SIGTERM');
    await once(server, 'exit');
  }

  async function end(): Promise<void> {
    await stop();
    await rm(dataDirectory, { recursive: true, force: true });
  }

  try {
    await start();
  } catch (failure) {
    // or it would go on, and make the next one slower still
    await end();
    throw failure;
  }
  return {
    url,
    administrator,
    dataDirectory,
    command: (args, input = '') => run(args, input, env),
    client: (userAgent) =>
      createRollcall({ baseUrl: url, ...(userAgent !== undefined && { headers: { 'user-agent': userAgent } }) }),
    start,
    stop,
    end,
  };
}

async function run(args: readonly string[], input: string, env: NodeJS.ProcessEnv): Promise<string> {
  const child = spawn(process.execPath, [program, ...args], { env, stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(input);
  let printed = '';
  child.stdout.on('data', (chunk: Buffer) => {
    printed += chunk.toString();
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`rollcall ${args.join(' ')} ended with ${code}: ${printed}`);
  return printed;
}

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return address.port;
}

async function ready(url: string, server: ChildProcess): Promise<void> {
  const deadline = Date.now() + 75_000;
  while (Date.now() < deadline) {
    if (server.exitCode !== null) throw new Error(`the server ended with ${server.exitCode}`);
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('the server was not ready within 75 s');
}
