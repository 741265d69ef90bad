/** The database that the configuration names. */
import { accessSync, constants, mkdirSync } from 'node:fs';
import { type Configuration, ConfigurationError } from '../config.ts';
import type { Database } from '../database/database.ts';
import { openDatabase } from '../database/open-database.ts';

/** Throws `ConfigurationError` where the data directory is none, or somebody else's. */
export async function openConfiguredDatabase({ databaseUrl, dataDirectory }: Configuration): Promise<Database> {
  if (databaseUrl !== undefined) return await openDatabase({ url: databaseUrl });
  try {
    mkdirSync(dataDirectory, { recursive: true, mode: 0o700 });
    accessSync(dataDirectory, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ConfigurationError(
      `ROLLCALL_DATA_DIR is ${JSON.stringify(dataDirectory)}, which cannot be used: ${reason}`,
    );
  }
  return await openDatabase({ directory: dataDirectory });
}
