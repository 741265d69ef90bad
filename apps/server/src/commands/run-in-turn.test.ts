import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lockDirectory } from '../database/embedded/directory-lock.ts';
import { CommandFailed } from './command.ts';
import { listenForCommands, runBesideServer } from './command-socket.ts';
import { runInTurn } from './run-in-turn.ts';

const since = '2026-11-23T09:42:19.000Z';
const beside = 7;
const alone = 0;

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'rollcall-turn-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

test('where nobody has the directory, a command runs alone and at once', async () => {
  expect(await runWhile(() => expect.unreachable('nothing is to be waited for'))).toBe(alone);
});

test('a server that has the directory and takes no commands yet is waited for', async () => {
  await using made = new AsyncDisposableStack();
  const lock = await lockDirectory(directory, since);
  made.defer(() => lock.release());
  const exitCode = await runWhile(async () => {
    const server = await listenForCommands(directory, async () => beside);
    made.defer(() => server.close());
    return 250;
  });
  expect(exitCode).toBe(beside);
});

test('one that ends before it takes any is followed', async () => {
  const lock = await lockDirectory(directory, since);
  const exitCode = await runWhile(async () => {
    await lock.release();
    return 250;
  });
  expect(exitCode).toBe(alone);
});

test('after a while it is told who has the directory, and what can be done', async () => {
  const lock = await lockDirectory(directory, since);
  const running = runWhile(async () => 6000);
  await expect(running).rejects.toThrow(CommandFailed);
  await expect(running).rejects.toThrow(
    `${directory} is in use by process ${process.pid} since ${since}, and takes no commands: end it, or wait until it does, and try again`,
  );
  await lock.release();
});

test('whatever else is wrong with the directory is told at once', async () => {
  rmSync(directory, { recursive: true });
  await expect(runWhile(() => expect.unreachable('nothing is to be waited for'))).rejects.toThrow(/^listen E/);
});

/** Each pause is an event, which says how many milliseconds it took. */
async function runWhile(onPause: () => Promise<number>): Promise<number> {
  const silent = { print: () => undefined, complain: () => undefined };
  let now = 0;
  return await runInTurn({
    beside: () => runBesideServer(directory, { words: [], input: '' }, silent),
    async alone() {
      const lock = await lockDirectory(directory, since);
      await lock.release();
      return alone;
    },
    monotonic: () => now,
    async pause() {
      now += await onPause();
    },
  });
}
