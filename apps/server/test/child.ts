/** A process that a test starts, listens to line by line, and ends. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export class Child implements AsyncDisposable {
  readonly process: ChildProcess;
  readonly lines: AsyncIterator<string>;

  private constructor(process: ChildProcess, lines: AsyncIterator<string>) {
    this.process = process;
    this.lines = lines;
  }

  /** Runs a module on this Node. */
  static start(module: URL, args: readonly string[], flags: readonly string[] = []): Child {
    const child = spawn(process.execPath, [...flags, fileURLToPath(module), ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    return new Child(child, createInterface(child.stdout)[Symbol.asyncIterator]());
  }

  get pid(): number {
    if (this.process.pid === undefined) throw new Error('it did not start');
    return this.process.pid;
  }

  /** The next line; undefined when there are no more. */
  async line(): Promise<string | undefined> {
    const { value, done } = await this.lines.next();
    return done === true ? undefined : value;
  }

  /** How it exited, once it has. */
  async exit(): Promise<number | null> {
    const { exitCode, signalCode } = this.process;
    if (exitCode === null && signalCode === null) await once(this.process, 'exit');
    return this.process.exitCode;
  }

  async kill(): Promise<void> {
    this.process.kill('SIGKILL');
    await this.exit();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
  }
}
