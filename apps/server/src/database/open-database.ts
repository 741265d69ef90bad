/** Opens whichever database the configuration names, migrated and ready. */
import type { Database } from './database.ts';
import { type EmbeddedOptions, openEmbedded } from './embedded/open-embedded.ts';
import { openPostgresql, type PostgresqlOptions } from './postgresql/open-postgresql.ts';

export type DatabaseOptions = EmbeddedOptions | PostgresqlOptions;

/** `url` is a PostgreSQL server's; without it the database is embedded, in `directory`. */
export function openDatabase(options: DatabaseOptions): Promise<Database> {
  return 'url' in options ? openPostgresql(options) : openEmbedded(options);
}
