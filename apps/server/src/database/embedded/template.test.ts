import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ENGINES } from '../../../test/engines.ts';
import { DatabaseUnavailable } from '../unavailable.ts';
import { openEmbedded } from './open-embedded.ts';
import { createDatabase } from './template.ts';
import { templateDirectory } from './template-directory.ts';

describe.runIf(ENGINES.includes('embedded'))('a new data directory', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'rollcall-new-'));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  const databaseDirectory = () => join(directory, 'database');

  it.each([
    ['a copy of the template', templateDirectory()],
    ['made from nothing without one', '/nowhere/template'],
  ])('is %s, closed to others, and opens again', { timeout: 60_000 }, async (_, template) => {
    for (let start = 0; start < 2; start += 1) {
      const database = await openEmbedded({ directory, template });
      await database.ping();
      await database.close();
    }
    expect(readdirSync(directory)).toEqual(['database']);
    expect(statSync(databaseDirectory()).mode & 0o777).toBe(0o700);
  });

  it('is made again when making it was interrupted', async () => {
    const unfinished = `${databaseDirectory()}.unfinished`;
    mkdirSync(unfinished);
    writeFileSync(join(unfinished, 'PG_VERSION'), '18');
    writeFileSync(join(unfinished, 'half'), '');
    const database = await openEmbedded({ directory });
    await database.ping();
    await database.close();
    expect(existsSync(unfinished)).toBe(false);
    expect(existsSync(join(databaseDirectory(), 'half'))).toBe(false);
  });

  it('is made once: what is there stays', async () => {
    await createDatabase(databaseDirectory(), templateDirectory());
    writeFileSync(join(databaseDirectory(), 'mark'), '');
    await createDatabase(databaseDirectory(), templateDirectory());
    expect(existsSync(join(databaseDirectory(), 'mark'))).toBe(true);
  });

  it('says why a broken one cannot be opened, and lets go of it', async () => {
    await createDatabase(databaseDirectory(), templateDirectory());
    rmSync(join(databaseDirectory(), 'global', 'pg_control'));
    const opening = openEmbedded({ directory });
    await expect(opening).rejects.toThrow(DatabaseUnavailable);
    await expect(opening).rejects.toThrow('pg_control');
    expect(readdirSync(directory)).toEqual(['database']);
  });
});
