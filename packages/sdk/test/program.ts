/** An example that serves, started as a process of its own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';

export interface Serving extends AsyncDisposable {
  /** Where it answers. */
  readonly url: string;
}

interface Start {
  readonly program: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** Resolves once it says where it listens; rejects with what it complained of when it ends before. */
export async function startServing({ program, environment }: Start): Promise<Serving> {
  const child = spawn(process.execPath, [program], {
    env: { PATH: process.env['PATH'], PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = once(child, 'exit');
  let said = '';
  let complained = '';
  child.stderr.on('data', (chunk) => {
    complained += String(chunk);
  });
  const port = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk) => {
      said += String(chunk);
      const [, found] = /^Listening on .*?(\d+)(?: \})?\n/m.exec(said) ?? [];
      if (found !== undefined) resolve(found);
    });
    child.once('close', () => reject(new Error(`${program} ended: ${complained}`)));
  });
  return {
    url: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}
