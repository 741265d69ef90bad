import { once } from 'node:events';
import { mkdtempSync, renameSync, rmSync, statSync } from 'node:fs';
import { createServer, type RequestListener, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CommandFailed } from './command.ts';
import { listenForCommands, type RunTyped, runBesideServer } from './command-socket.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'rollcall-socket-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

const echo: RunTyped = async ({ words, input }, { print, complain }) => {
  print(words.join(' '));
  complain(`${input}\nand a second line, ü`);
  return 7;
};

test('what is typed in one process is run in the other, which tells all it says and how it ended', async () => {
  const socket = await listenForCommands(directory, echo);
  const said: string[] = [];
  const terminal = {
    print: (line: string) => said.push(`> ${line}`),
    complain: (line: string) => said.push(`! ${line}`),
  };
  expect(await runBesideServer(directory, { words: ['demo', '--seed', 'ß "'], input: 'in' }, terminal)).toBe(7);
  expect(said).toEqual(['> demo --seed ß "', '! in\nand a second line, ü']);
  socket.close();
});

test('only the owner may type, from the first instant on', async () => {
  const usual = process.umask();
  const opening = listenForCommands(directory, echo);
  expect(statSync(join(directory, 'command.sock')).mode & 0o777).toBe(0o600);
  expect(process.umask()).toBe(usual);
  const socket = await opening;
  expect(statSync(join(directory, 'command.sock')).mode & 0o777).toBe(0o600);
  socket.close();
});

test('where no server runs, that is told, also when one left its socket behind', async () => {
  const typed = { words: [], input: '' };
  expect(await runBesideServer(directory, typed, silent)).toBeUndefined();
  await abandonSocket(join(directory, 'command.sock'));
  expect(await runBesideServer(directory, typed, silent)).toBeUndefined();
  const socket = await listenForCommands(directory, echo);
  expect(await runBesideServer(directory, typed, silent)).toBe(7);
  socket.close();
});

test('a server that ends in the middle is told: nobody knows how far it came', async () => {
  await using server = await serving((_, outgoing) => {
    outgoing.write('{"printed":"begun"}\n', () => outgoing.destroy());
  });
  const printed: string[] = [];
  const terminal = { ...silent, print: (line: string) => void printed.push(line) };
  const running = runBesideServer(server.directory, { words: [], input: '' }, terminal);
  await expect(running).rejects.toThrow(CommandFailed);
  expect(printed).toEqual(['begun']);
});

test.each(['', '{', '[]', '{"words":"doctor"}'])('what nobody typed is refused: %j', async (body) => {
  const socket = await listenForCommands(directory, echo);
  const asked = request({ socketPath: join(directory, 'command.sock'), method: 'POST', agent: false });
  asked.end(body);
  const [answered] = await once(asked, 'response');
  expect(answered).toMatchObject({ statusCode: 400 });
  socket.close();
});

const silent = { print: () => undefined, complain: () => undefined };

// The file of a socket whose process is gone: closing removes only the name that was listened on.
async function abandonSocket(path: string): Promise<void> {
  const server = createServer().listen(`${path}.before`);
  await once(server, 'listening');
  renameSync(`${path}.before`, path);
  server.close();
  await once(server, 'close');
}

async function serving(listener: RequestListener) {
  const server = createServer(listener).listen(join(directory, 'command.sock'));
  await once(server, 'listening');
  return {
    directory,
    async [Symbol.asyncDispose]() {
      server.close();
      await once(server, 'close');
    },
  };
}
