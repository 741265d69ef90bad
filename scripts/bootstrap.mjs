// Gets everything that the project's commands need. Runs on whatever Node the machine has (20 or newer), before anything is
// installed, so: plain JavaScript, no imports beyond node:.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

const { packageManager } = JSON.parse(read('package.json'));
const modules = join(root, 'node_modules');
const remembered = join(modules, '.pnpm-directory');

export const isFirstTime = !existsSync(modules);

/** Installs what the lockfile says, unless that is there, and answers an environment in which the pinned tools come first. */
export function prepare() {
  const pnpm = findPnpm();
  const PATH = [join(modules, '.bin'), pnpm, process.env.PATH].join(delimiter);
  const env = { ...process.env, PATH, npm_config_loglevel: 'error', TURBO_TELEMETRY_DISABLED: '1' };
  if (!isInstalled()) run('pnpm', ['install', '--frozen-lockfile', '--reporter=silent'], env);
  writeFileSync(remembered, JSON.stringify({ packageManager, pnpm }));
  const node = outputOf('node', ['-p', 'process.versions.node'], env);
  if (Number.parseInt(node, 10) < 24)
    fail(`Node.js 24 or newer is needed, and for this platform none comes with the project: found ${node}`);
  return env;
}

/** Runs a command to its end; one that fails ends this process too. */
export function run(command, args, env) {
  const { status } = spawnSync(command, args, { env, cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

/** Runs a command in this process's place: with its streams, its signals and its exit code. */
export function become(command, args, { env, cwd }) {
  const child = spawn(command, args, { env, cwd, stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => fail(error.message));
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 143)));
}

export function fail(message) {
  console.error(message);
  process.exit(1);
}

// turbo wants to find pnpm too, so it has to be a directory. npx takes a second to say where it is: said once, it is remembered.
function findPnpm() {
  const known = existsSync(remembered) ? JSON.parse(readFileSync(remembered, 'utf8')) : {};
  if (known.packageManager === packageManager && existsSync(join(known.pnpm, 'pnpm'))) return known.pnpm;
  if (`pnpm@${outputOf('pnpm', ['--version'], process.env)}` === packageManager)
    return dirname(outputOf('sh', ['-c', 'command -v pnpm'], process.env));
  const pnpm = outputOf('npx', ['--yes', '-p', packageManager, '-c', 'command -v pnpm'], process.env);
  return pnpm ? dirname(pnpm) : fail(`could not get ${packageManager} through npx`);
}

// pnpm keeps a copy of the lockfile by which it installed.
function isInstalled() {
  const installed = join('node_modules', '.pnpm', 'lock.yaml');
  return existsSync(join(root, installed)) && read(installed) === read('pnpm-lock.yaml');
}

function read(file) {
  return readFileSync(join(root, file), 'utf8');
}

function outputOf(command, args, env) {
  const { stdout } = spawnSync(command, args, {
    env,
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return stdout?.trim() ?? '';
}
