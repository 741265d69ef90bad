// Builds what the product consists of. Nothing is built twice: turbo keeps what it has made.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fail, root } from './bootstrap.mjs';

export const main = join(root, 'apps', 'server', 'dist', 'main.js');

const command = [
  'run',
  'build',
  '--filter=@rollcall/server',
  '--filter=@rollcall/console',
  '--output-logs=errors-only',
];

/** Prints nothing, unless it fails. */
export function build(env) {
  const { status, stdout, stderr } = spawnSync('turbo', command, { env, cwd: root, encoding: 'utf8' });
  if (status !== 0) fail(`${stdout}${stderr}`);
}
