/** What the operator is told when something ends early: one line for what was foreseen, everything for what was not. */
import { ConfigurationError } from '../config.ts';
import { DirectoryInUse, DirectoryUnusable } from '../database/embedded/directory-lock.ts';
import { MigrationRefused } from '../database/migrate.ts';
import { DatabaseUnavailable } from '../database/unavailable.ts';
import { CommandFailed, UsageError } from './command.ts';

export interface Failure {
  readonly complaint: string;
  readonly exitCode: number;
}

const foreseen = [CommandFailed, ConfigurationError, DatabaseUnavailable, DirectoryUnusable, MigrationRefused];

export function failureOf(error: unknown): Failure {
  if (error instanceof UsageError) {
    return { complaint: `${error.message}; see rollcall --help`, exitCode: 2 };
  }
  if (error instanceof DirectoryInUse) {
    return { complaint: `${error.message}: end it, or name another directory in ROLLCALL_DATA_DIR`, exitCode: 1 };
  }
  if (error instanceof Error && foreseen.some((kind) => error instanceof kind)) {
    return { complaint: error.message, exitCode: 1 };
  }
  return { complaint: error instanceof Error ? (error.stack ?? error.message) : String(error), exitCode: 1 };
}
