import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Child } from '../../../test/child.ts';
import { ENGINES } from '../../../test/engines.ts';
import { copyDataDirectory } from '../../../test/test-database.ts';
import { DirectoryInUse, lockDirectory } from './directory-lock.ts';

const HOLDER = new URL('../../../test/processes/hold-data-directory.ts', import.meta.url);
const SINCE = '2026-11-23T09:42:19.000Z';

describe('within one process', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'rollcall-lock-'));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  it('tells the second who has it, and gives it to the third once it is released', async () => {
    const lock = await lockDirectory(directory, SINCE);
    await expect(lockDirectory(directory, SINCE)).rejects.toThrow(
      `${directory} is in use by process ${process.pid} since ${SINCE}`,
    );
    await lock.release();
    await (await lockDirectory(directory, SINCE)).release();
    expect(readdirSync(directory)).toEqual([]);
  });

  it('goes to exactly one of many that come at the same instant', async () => {
    for (let round = 0; round < 10; round += 1) {
      const outcomes = await Promise.allSettled(Array.from({ length: 6 }, () => lockDirectory(directory, SINCE)));
      const locks = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
      const refusals = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
      expect(locks).toHaveLength(1);
      expect(refusals.every((reason) => reason instanceof DirectoryInUse)).toBe(true);
      await locks[0]?.release();
    }
  });

  it('says so when the path is too long for a socket', async () => {
    const long = join(directory, 'x'.repeat(100));
    await expect(lockDirectory(long, SINCE)).rejects.toThrow('the path of the data directory has');
  });
});

describe.runIf(ENGINES.includes('embedded'))('between processes', () => {
  let directory: string;
  beforeEach(() => {
    directory = copyDataDirectory();
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  const hold = () => Child.start(HOLDER, [directory]);

  it('the second says in one line who has the directory, and ends', async () => {
    await using first = hold();
    expect(await first.line()).toBe(`open ${first.pid}`);
    await using second = hold();
    expect(await second.line()).toMatch(
      new RegExp(`^DirectoryInUse: ${directory} is in use by process ${first.pid} since \\d{4}-.*Z$`),
    );
    expect(await second.line()).toBeUndefined();
    expect(await second.exit()).toBe(0);
  });

  it('a killed one leaves nothing that keeps the next one out', async () => {
    await using first = hold();
    expect(await first.line()).toBe(`open ${first.pid}`);
    await first.kill();
    expect(readdirSync(directory)).toContainEqual(expect.stringMatching(/^lock-/));
    await using second = hold();
    expect(await second.line()).toBe(`open ${second.pid}`);
    expect(readdirSync(directory).filter((name) => name.startsWith('lock-'))).toHaveLength(1);
  });

  it('a stopped one still has the directory', async () => {
    await using first = hold();
    expect(await first.line()).toBe(`open ${first.pid}`);
    first.process.kill('SIGSTOP');
    await using second = hold();
    expect(await second.line()).toBe(`DirectoryInUse: ${directory} is in use by a process that does not answer`);
  });

  it('of two that start at the same instant, exactly one opens it', async () => {
    await using first = hold();
    await using second = hold();
    const lines = [await first.line(), await second.line()];
    const winner = lines.indexOf(`open ${first.pid}`) === 0 ? first : second;
    expect(lines).toContain(`open ${winner.pid}`);
    expect(lines).toContainEqual(expect.stringContaining(`is in use by process ${winner.pid} since`));
  });
});
