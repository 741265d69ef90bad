/** The database that the configuration names. */
import { existsSync, mkdirSync, mkdtempSync, rmdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type Configuration, ConfigurationError } from '../config.ts';
import type { Database } from '../database/database.ts';
import { openDatabase } from '../database/open-database.ts';

/** Throws `ConfigurationError` where the data directory is none, or somebody else's. */
export async function openConfiguredDatabase({ databaseUrl, dataDirectory }: Configuration): Promise<Database> {
  if (databaseUrl !== undefined) return await openDatabase({ url: databaseUrl });
  try {
    ensureDirectory(resolve(dataDirectory));
    // permissions do not tell everything: a file system may be read-only, or no place for files at all
    rmdirSync(mkdtempSync(join(dataDirectory, 'probe-')));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ConfigurationError(
      `ROLLCALL_DATA_DIR is ${JSON.stringify(dataDirectory)}, which cannot be used: ${reason}`,
    );
  }
  return await openDatabase({ directory: dataDirectory });
}

function ensureDirectory(directory: string): void {
  if (existsSync(directory)) return;
  // where a directory that exists says that it does not, as in /proc, making parents would never end
  mkdirSync(directory, { recursive: !existsSync(dirname(directory)), mode: 0o700 });
}
