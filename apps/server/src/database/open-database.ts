/** Opens whichever database the configuration names, migrated and ready. */
import type { Database } from './database.ts';
import { openEmbedded } from './embedded/open-embedded.ts';

export interface DatabaseOptions {
  /** Where the embedded database is kept; in memory without it. */
  directory?: string;
}

export function openDatabase(options: DatabaseOptions): Promise<Database> {
  return openEmbedded(options);
}
