/**
 * The embedded database belongs to one process. While that is a running server, it runs commands for others: they send
 * what was typed, and are told line by line what would have been printed, then the exit code.
 */
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import * as z from 'zod';
import { CommandFailed } from './command.ts';

const Typed = z.object({ words: z.array(z.string()), input: z.string() });
/** What somebody typed, and what they passed to the standard input. */
export type Typed = z.infer<typeof Typed>;

const Told = z.union([
  z.object({ printed: z.string() }),
  z.object({ complaint: z.string() }),
  z.object({ exitCode: z.int() }),
]);
type Told = z.infer<typeof Told>;

export interface Terminal {
  print(line: string): void;
  complain(line: string): void;
}

/** Never rejects: what goes wrong is complained of. Answers the exit code. */
export type RunTyped = (typed: Typed, terminal: Terminal) => Promise<number>;

export interface CommandSocket {
  /** Takes no more commands. Those under way go on. */
  close(): void;
}

/** Only for whoever has the directory's lock: a socket that is there already is a dead process's. */
export async function listenForCommands(directory: string, run: RunTyped): Promise<CommandSocket> {
  const path = socketIn(directory);
  rmSync(path, { force: true });
  const server = createServer((incoming, outgoing) => void answer(incoming, outgoing, run));
  bindPrivately(server, path);
  await once(server, 'listening');
  return { close: () => void server.close() };
}

// Private from its first instant on, in a directory that others may enter: what is typed into it is obeyed. Binding a path is done when `listen` returns.
function bindPrivately(server: Server, path: string): void {
  const usual = process.umask(0o177);
  try {
    server.listen(path);
  } finally {
    process.umask(usual);
  }
}

/** Undefined when no server runs on that directory. */
export async function runBesideServer(
  directory: string,
  typed: Typed,
  terminal: Terminal,
): Promise<number | undefined> {
  const answered = await ask(socketIn(directory), typed);
  if (answered === undefined) return undefined;
  for await (const line of linesOf(answered)) {
    const told = Told.parse(JSON.parse(line));
    if ('exitCode' in told) return told.exitCode;
    if ('printed' in told) terminal.print(told.printed);
    else terminal.complain(told.complaint);
  }
  throw endedEarly();
}

function socketIn(directory: string): string {
  return join(directory, 'command.sock');
}

async function answer(incoming: IncomingMessage, outgoing: ServerResponse, run: RunTyped): Promise<void> {
  const tell = (told: Told) => void outgoing.write(`${JSON.stringify(told)}\n`);
  const typed = Typed.safeParse(await json(incoming).catch(() => undefined));
  if (!typed.success) return void outgoing.writeHead(400).end();
  const exitCode = await run(typed.data, {
    print: (printed) => tell({ printed }),
    complain: (complaint) => tell({ complaint }),
  });
  tell({ exitCode });
  outgoing.end();
}

function ask(socketPath: string, typed: Typed): Promise<IncomingMessage | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage | undefined>();
  request({ socketPath, method: 'POST', agent: false })
    .on('response', resolve)
    .on('error', (error) => (isNobodyThere(error) ? resolve(undefined) : reject(endedEarly(error))))
    .end(JSON.stringify(typed));
  return promise;
}

// Whatever else is wrong with the directory is told to whoever then opens it.
function isNobodyThere(error: Error): boolean {
  return 'syscall' in error && error.syscall === 'connect';
}

function endedEarly(cause?: unknown): CommandFailed {
  return new CommandFailed('the server ended before the command did: what it had not yet done is not done', { cause });
}

async function* linesOf(answered: IncomingMessage): AsyncGenerator<string> {
  let rest = '';
  try {
    for await (const chunk of answered.setEncoding('utf8')) {
      const lines = `${rest}${chunk}`.split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
    }
  } catch {
    // cut off in the middle: whoever reads on finds no exit code
  }
}
