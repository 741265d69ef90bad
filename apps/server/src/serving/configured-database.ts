/** The database that the configuration names. */
import { closeSync, existsSync, fsyncSync, mkdirSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type Configuration, ConfigurationError } from '../config.ts';
import type { Database } from '../database/database.ts';
import { openDatabase } from '../database/open-database.ts';
import { DatabaseUnavailable } from '../database/unavailable.ts';

/** Throws `ConfigurationError` where the data directory is none, or somebody else's. */
export async function openConfiguredDatabase({ databaseUrl, dataDirectory }: Configuration): Promise<Database> {
  if (databaseUrl !== undefined) return await openNamed(databaseUrl);
  try {
    ensureDirectory(resolve(dataDirectory));
    tryToKeep(dataDirectory);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ConfigurationError(
      `ROLLCALL_DATA_DIR is ${JSON.stringify(dataDirectory)}, which cannot be used: ${reason}`,
    );
  }
  return await openDatabase({ directory: dataDirectory });
}

// The address itself is not repeated: a password may be in it.
async function openNamed(url: string): Promise<Database> {
  try {
    return await openDatabase({ url });
  } catch (error) {
    if (!(error instanceof DatabaseUnavailable)) throw error;
    throw new DatabaseUnavailable(`the database of DATABASE_URL cannot be used: ${error.message}`, { cause: error });
  }
}

// Not `recursive`: where making a directory fails as if its parent were missing, as in /proc, Node.js makes that for ever.
function ensureDirectory(directory: string): void {
  if (existsSync(directory)) return;
  ensureDirectory(dirname(directory));
  try {
    mkdirSync(directory, { mode: 0o700 });
  } catch (error) {
    // a server that starts at the same time may have been faster
    if (!existsSync(directory)) throw error;
  }
}

// Permissions do not tell everything: a file system may be read-only, full, or unable to make anything durable.
function tryToKeep(directory: string): void {
  const probe = mkdtempSync(join(directory, 'probe-'));
  try {
    const file = openSync(join(probe, 'file'), 'w');
    fsyncSync(file);
    closeSync(file);
  } finally {
    rmSync(probe, { recursive: true });
  }
}
