/** Where a command runs: beside the server that has the data directory, or alone where nobody has it. */
import { DirectoryInUse } from '../database/embedded/directory-lock.ts';
import { CommandFailed } from './command.ts';

export interface Turn {
  /** Undefined while no server takes commands. */
  beside(): Promise<number | undefined>;
  /** Throws `DirectoryInUse`. */
  alone(): Promise<number>;
  /** Milliseconds, never backwards. */
  monotonic(): number;
  pause(milliseconds: number): Promise<void>;
}

const patienceMs = 10_000;
const pauseMs = 250;

/** Answers the exit code. Waits a while for a server that is starting: it has the directory before it takes commands. */
export async function runInTurn({ beside, alone, monotonic, pause }: Turn): Promise<number> {
  const patientUntil = monotonic() + patienceMs;
  for (;;) {
    const exitCode = await beside();
    if (exitCode !== undefined) return exitCode;
    try {
      return await alone();
    } catch (error) {
      if (!(error instanceof DirectoryInUse)) throw error;
      if (monotonic() >= patientUntil) throw nobodyListens(error);
      await pause(pauseMs);
    }
  }
}

function nobodyListens(cause: DirectoryInUse): CommandFailed {
  return new CommandFailed(`${cause.message}, and takes no commands: end it, or wait until it does, and try again`, {
    cause,
  });
}
