import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { tokenOf } from '../test/client.ts';
import { fileTokenStore } from './file-token-store.ts';

let directory: string;
let path: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'rollcall-token-'));
  path = join(directory, 'token');
});
afterEach(() => rm(directory, { recursive: true }));

test('a directory that is not there yet has no token, and is made for its owner alone', async () => {
  const within = join(directory, 'config', 'rollcall');
  const store = fileTokenStore(join(within, 'token'));
  expect(await store.read()).toBeUndefined();
  await store.write('first');
  expect(await store.read()).toBe('first');
  expect((await stat(within)).mode & 0o777).toBe(0o700);
});

/** Two programs: stores that share nothing but the file. */
function twoPrograms() {
  return [fileTokenStore(path), fileTokenStore(path)] as const;
}

describe('a file', () => {
  test('holds nothing before anything was written', async () => {
    expect(await fileTokenStore(path).read()).toBeUndefined();
  });

  test('holds the token for every program, and only for its owner', async () => {
    const [one, other] = twoPrograms();
    await one.write(tokenOf(1));
    await one.advance?.(tokenOf(2));
    expect(await other.read()).toBe(tokenOf(2));
    for (const name of await readdir(directory)) {
      expect((await stat(join(directory, name))).mode & 0o777, name).toBe(0o600);
    }
  });

  test('may be written by hand, with an end of line', async () => {
    await writeFile(path, `${tokenOf(3)}\n`);
    expect(await fileTokenStore(path).read()).toBe(tokenOf(3));
    await writeFile(path, 'no token\n');
    expect(await fileTokenStore(path).read()).toBe('no token');
  });

  test('never goes back, whoever writes late', async () => {
    const [one, other] = twoPrograms();
    await one.write(tokenOf(1));
    await other.advance?.(tokenOf(3));
    await one.advance?.(tokenOf(2));
    await one.advance?.(tokenOf(3, 2));
    await one.advance?.('no token');
    expect(await other.read()).toBe(tokenOf(3));
  });

  test('never goes back either when the one who writes late was stopped half-way', async () => {
    const [one, other] = twoPrograms();
    await one.write(tokenOf(1));
    await other.advance?.(tokenOf(3));
    const id = tokenOf(1).split('.')[1];
    await writeFile(`${path}.${id}.2`, tokenOf(2));
    expect(await one.read()).toBe(tokenOf(3));
    await one.advance?.(tokenOf(4));
    expect(new Set(await readdir(directory))).toEqual(new Set(['token', `token.${id}.4`]));
  });

  test('holds the session that began last, and none of the tokens of the one before', async () => {
    const [one, other] = twoPrograms();
    await one.write(tokenOf(1));
    await one.advance?.(tokenOf(2));
    await other.write(tokenOf(1, 2));
    await one.advance?.(tokenOf(3));
    expect(await one.read()).toBe(tokenOf(1, 2));
    expect(await readdir(directory)).toEqual(['token']);
  });

  test('holds nothing after the token was forgotten, twice too', async () => {
    const [one, other] = twoPrograms();
    await one.write(tokenOf(1));
    await one.advance?.(tokenOf(2));
    await other.write(undefined);
    await one.write(undefined);
    expect(await one.read()).toBeUndefined();
    expect(await readdir(directory)).toEqual([]);
  });

  test('leaves what is beside it alone', async () => {
    const others = ['token.txt', 'tokens', `token.${'a'.repeat(36)}`, `atoken.${'a'.repeat(36)}.1`];
    for (const name of others) await writeFile(join(directory, name), name);
    const store = fileTokenStore(path);
    await store.write(tokenOf(1));
    await store.write(undefined);
    expect(new Set(await readdir(directory))).toEqual(new Set(others));
  });

  test('that cannot be written says so, and leaves no draft', async () => {
    await writeFile(join(directory, 'no-directory'), '');
    await expect(fileTokenStore(join(directory, 'no-directory', 'token')).write(tokenOf(1))).rejects.toThrow();
    await expect(fileTokenStore(directory).write(tokenOf(1))).rejects.toThrow();
    expect(await readdir(directory)).toEqual(['no-directory']);
  });

  test('that cannot be read is no file without a token', async () => {
    await expect(fileTokenStore(directory).read()).rejects.toThrow('EISDIR');
  });

  test('is whole at every moment, while many write', async () => {
    const [one, other] = twoPrograms();
    await one.write(tokenOf(1));
    const numbers = Array.from({ length: 30 }, (_, index) => index + 2);
    const writes = numbers.map((number) => (number % 2 ? one : other).advance?.(tokenOf(number)));
    const seen = await Promise.all(numbers.map(() => other.read()));
    await Promise.all(writes);
    expect(seen.filter((token) => !/^rct_.*\.\d+\.secret-macA{33}$/.test(token ?? ''))).toEqual([]);
    expect(await one.read()).toBe(tokenOf(31));
    await one.advance?.(tokenOf(32));
    expect((await readFile(path, 'utf8')).trim()).toBe(tokenOf(1));
    expect(await readdir(directory)).toHaveLength(2);
  });
});
