/** The `rollcall` command as its own process, on a data directory of its own. */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));

export interface Outcome {
  readonly exitCode: number | null;
  readonly printed: string;
  readonly complained: string;
}

/** Where nothing is, and nothing is left afterwards. */
export class Workplace implements AsyncDisposable {
  readonly directory = mkdtempSync(join(tmpdir(), 'rollcall-command-'));
  readonly data = join(this.directory, 'data');
  readonly #running = new Set<Server>();

  /** Runs a command to its end. */
  async run(words: readonly string[], { input = '', ...environment }: Record<string, string> = {}): Promise<Outcome> {
    const child = this.#spawn(words, environment);
    child.stdin.end(input);
    const [printed, complained] = await Promise.all([text(child.stdout), text(child.stderr)]);
    return { exitCode: await exitOf(child), printed, complained };
  }

  /** Starts a server on any free port, and waits until it says where it is. */
  async serve(environment: Record<string, string> = {}): Promise<Server> {
    const child = this.#spawn(['serve'], environment);
    child.stderr.pipe(process.stderr);
    let printed = '';
    for await (const chunk of child.stdout.iterator({ destroyOnReturn: false })) {
      printed += chunk;
      const [url] = /http:\/\/localhost:\d+(?=[\s\S]*API)/.exec(printed) ?? [];
      if (url === undefined) continue;
      // who stops reading stops the server: its log has nowhere to go (and `resume` does nothing before the loop is left)
      child.stdout.on('data', () => {});
      const server = new Server(child, url, printed);
      this.#running.add(server);
      return server;
    }
    throw new Error(`the server ended with ${await exitOf(child)}`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const server of this.#running) await server.stop('SIGKILL');
    rmSync(this.directory, { recursive: true });
  }

  #spawn(words: readonly string[], environment: Record<string, string>): Child {
    const { PATH = '', HOME = '' } = process.env;
    return spawn(process.execPath, [main, ...words], {
      cwd: this.directory,
      env: { PATH, HOME, PORT: '0', ...environment },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
  }
}

type Child = ChildProcessByStdio<Writable, Readable, Readable>;

export class Server {
  readonly url: string;
  /** What it said when it was ready. */
  readonly printed: string;
  readonly #child: Child;

  constructor(child: Child, url: string, printed: string) {
    this.#child = child;
    this.url = url;
    this.printed = printed;
  }

  /** SIGSTOP and SIGCONT: it does not end. */
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void {
    this.#child.kill(signal);
  }

  /** Its exit code; null when the signal ended it. */
  async stop(signal: NodeJS.Signals): Promise<number | null> {
    this.#child.kill(signal);
    return await exitOf(this.#child);
  }
}

async function exitOf(child: Child): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return child.exitCode;
}
