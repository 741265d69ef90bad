/** The `rollcall` command: the only place that knows the process, its environment, its streams and its clock. */
import { randomBytes } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { toInstant } from '@rollcall/core/instant';
import { pino } from 'pino';
import manifest from '../package.json' with { type: 'json' };
import { passwordsWith } from './authentication/passwords.ts';
import { help, parseCommandLine } from './commands/command-line.ts';
import { runBesideServer, type Typed } from './commands/command-socket.ts';
import { failureOf } from './commands/failure.ts';
import { runInTurn } from './commands/run-in-turn.ts';
import { runnerOn } from './commands/run-typed.ts';
import { serve } from './commands/serve.ts';
import { type Configuration, readConfiguration, timeoutsOf, unknownVariables } from './config.ts';
import { newId } from './context.ts';
import { fromSupply } from './random.ts';
import { openNode } from './registry/open-node.ts';
import { openConfiguredDatabase } from './serving/configured-database.ts';
import { loadConsole } from './serving/console-handler.ts';
import { gatherLines } from './serving/log-lines.ts';

const terminal = {
  print: (line: string) => void process.stdout.write(`${line}\n`),
  complain: (line: string) => void process.stderr.write(`rollcall: ${line}\n`),
};
const machine = {
  clock: () => toInstant(Date.now()),
  random: fromSupply(randomBytes),
  passwords: passwordsWith(randomBytes),
  fetch: globalThis.fetch,
};

const logIntervalMs = 250;

process.exitCode = await rollcall(process.argv.slice(2));

async function rollcall(words: string[]): Promise<number> {
  try {
    const line = parseCommandLine(words);
    switch (line.kind) {
      case 'help':
        terminal.print(help);
        return 0;
      case 'version':
        terminal.print(manifest.version);
        return 0;
      case 'serve':
        await serveUntilStopped(configurationHere());
        return 0;
      case 'task':
        return await runTyped({ words, input: line.task.readsInput ? await text(process.stdin) : '' });
    }
  } catch (error) {
    const { complaint, exitCode } = failureOf(error);
    terminal.complain(complaint);
    return exitCode;
  }
}

function configurationHere(): Configuration {
  const configuration = readConfiguration(process.env);
  for (const name of unknownVariables(process.env)) {
    terminal.complain(`${name} is not a variable that anything reads; see docs/configuration.md`);
  }
  return configuration;
}

async function serveUntilStopped(configuration: Configuration): Promise<void> {
  const stopping = new AbortController();
  const lines = gatherLines(pino.destination({ dest: 1, sync: false }));
  setInterval(lines.flush, logIntervalMs).unref();
  process.on('exit', lines.flushSync);
  // a terminal sends its signal to npm as well, which passes it on: the second one must not cut the first one short
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stopping.abort());
  await serve({
    ...machine,
    configuration,
    // a person at a terminal wants to hear of trouble, a collector of logs of everything
    log: pino({ level: process.stdout.isTTY ? 'warn' : 'info' }, lines),
    // from the source and from the bundle alike
    console: await loadConsole(new URL('../../console/build/handler.js', import.meta.url), process.env),
    stop: stopping.signal,
    print: terminal.print,
  });
}

async function runTyped(typed: Typed): Promise<number> {
  const configuration = configurationHere();
  const alone = () => runAlone(typed, configuration);
  if (configuration.databaseUrl !== undefined) return await alone();
  return await runInTurn({
    beside: () => runBesideServer(configuration.dataDirectory, typed, terminal),
    alone,
    monotonic: () => performance.now(),
    pause: wait,
  });
}

async function runAlone(typed: Typed, configuration: Configuration): Promise<number> {
  await using open = new AsyncDisposableStack();
  const database = await openConfiguredDatabase(configuration);
  open.defer(() => database.close());
  const { clock, random } = machine;
  const node = await openNode({
    database,
    url: configuration.databaseUrl,
    clock,
    monotonic: () => performance.now(),
    newId: () => newId(clock(), random),
    patienceMs: 0,
    capacity: 0,
    warn: () => {},
  });
  open.defer(() => node.close());
  const { announcements } = node;
  const run = runnerOn({ ...machine, database, announcements, timeouts: timeoutsOf(configuration) });
  return await run(typed, terminal);
}
