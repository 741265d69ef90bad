/**
 * A new data directory, as a copy of one that was made when the server was built: making one from nothing takes seconds.
 * Either way it appears under its name only when it is whole and on the disk.
 */
import { chmodSync, constants, cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';

/** Does nothing where a database is. */
export async function createDatabase(directory: string, template: string): Promise<void> {
  if (existsSync(join(directory, 'PG_VERSION'))) return;
  const unfinished = `${directory}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  if (existsSync(template)) cpSync(template, unfinished, { recursive: true, mode: constants.COPYFILE_FICLONE });
  else await createFromNothing(unfinished);
  chmodSync(unfinished, 0o700);
  await syncAll(unfinished);
  renameSync(unfinished, directory);
  await sync(dirname(directory));
}

/** Makes the template where it is missing. Several may do so at once: the first to finish wins. */
export async function ensureTemplate(template: string): Promise<void> {
  if (existsSync(template)) return;
  mkdirSync(dirname(template), { recursive: true });
  const unfinished = mkdtempSync(`${template}.`);
  await createFromNothing(unfinished);
  try {
    renameSync(unfinished, template);
  } catch (error) {
    rmSync(unfinished, { recursive: true });
    if (!existsSync(template)) throw error;
  }
}

// Small log segments: a directory begins at a few megabytes of log instead of eighty, and is copied faster.
async function createFromNothing(directory: string): Promise<void> {
  const database = await PGlite.create({ dataDir: directory, initDbStartParams: ['--wal-segsize=4'] });
  await database.close();
}

async function syncAll(directory: string): Promise<void> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  await Promise.all(entries.map((entry) => sync(join(entry.parentPath, entry.name))));
  await sync(directory);
}

async function sync(path: string): Promise<void> {
  const file = await open(path, 'r');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
