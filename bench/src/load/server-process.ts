/** A server in a process of its own, which says on its standard output where it listens. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface Program {
  readonly module: URL;
  readonly words?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

export interface ServerProcess extends AsyncDisposable {
  readonly url: string;
  readonly pid: number;
}

/** `cores` are those it may use, as `taskset` writes them; undefined for all. */
export async function startProcess(
  { module, words = [], environment = {} }: Program,
  cores: string | undefined,
): Promise<ServerProcess> {
  const { PATH = '', HOME = '' } = process.env;
  const node = [process.execPath, fileURLToPath(module), ...words];
  const [command = process.execPath, ...args] = cores === undefined ? node : ['taskset', '-c', cores, ...node];
  const child = spawn(command, args, {
    env: { PATH, HOME, NODE_ENV: 'production', PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exit = once(child, 'exit');

  for await (const line of createInterface(child.stdout)) {
    const [url] = /http:\/\/(?:localhost|127\.0\.0\.1):\d+/.exec(line) ?? [];
    if (url === undefined || child.pid === undefined) continue;
    // what it prints from now on has to go somewhere, or it stops at a full pipe
    child.stdout.on('data', () => {});
    return {
      url: url.replace('localhost', '127.0.0.1'),
      pid: child.pid,
      async [Symbol.asyncDispose]() {
        child.kill('SIGTERM');
        await exit;
      },
    };
  }
  throw new Error(`${module} ended before it listened`);
}
