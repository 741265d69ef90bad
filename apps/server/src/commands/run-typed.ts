/** Runs what somebody typed, here or at another terminal, on a database that is open. */
import { type Surroundings, UsageError } from './command.ts';
import { parseCommandLine } from './command-line.ts';
import type { RunTyped } from './command-socket.ts';
import { failureOf } from './failure.ts';

export function runnerOn(surroundings: Omit<Surroundings, 'input' | 'print'>): RunTyped {
  return async function runTyped({ words, input }, { print, complain }) {
    try {
      const line = parseCommandLine(words);
      if (line.kind !== 'task') throw new UsageError(`${words.join(' ')} is nothing to run on a database`);
      return await line.task.run({ ...surroundings, input, print });
    } catch (error) {
      const { complaint, exitCode } = failureOf(error);
      complain(complaint);
      return exitCode;
    }
  };
}
