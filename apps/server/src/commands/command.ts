/** What a `rollcall` command is, and what it finds around it. */

import type { ParseArgsOptionsConfig } from 'node:util';
import type { Instant } from '@rollcall/core/instant';
import type { Timeouts } from '@rollcall/core/lifetime';
import type * as z from 'zod';
import type { Passwords } from '../authentication/passwords.ts';
import type { Database } from '../database/database.ts';
import type { Announcements } from '../registry/announcements.ts';

export interface Command {
  /** One word or two. */
  readonly name: string;
  /** The options as the help shows them. */
  readonly usage: string;
  readonly summary: string;
  readonly options: ParseArgsOptionsConfig;
  /** Throws `UsageError`. */
  prepare(values: OptionValues): Task;
}

export type OptionValues = Readonly<Record<string, unknown>>;

export interface Task {
  /** Whether it wants what stands on the standard input. */
  readonly readsInput: boolean;
  /** Prints what it finds, and answers the exit code. Throws `CommandFailed` where one line says it all. */
  run(surroundings: Surroundings): Promise<number>;
}

export interface Surroundings {
  readonly database: Database;
  /** How what the command changes becomes known to every node. */
  readonly announcements: Announcements;
  readonly timeouts: Timeouts;
  readonly passwords: Passwords;
  readonly clock: () => Instant;
  readonly random: (bytes: number) => Uint8Array;
  readonly input: string;
  print(line: string): void;
}

/** It was called wrongly. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** It cannot be done; the message is one line for the operator. */
export class CommandFailed extends Error {
  override readonly name = 'CommandFailed';
}

/** The options as the command wants them; messages of the schema complete "--name …". */
export function readOptions<T>(schema: z.ZodType<T>, values: OptionValues): T {
  const parsed = schema.safeParse(values);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  // the rest of the path counts how often an option was given
  throw new UsageError(`--${String(issue?.path[0])} ${issue?.message}`);
}
