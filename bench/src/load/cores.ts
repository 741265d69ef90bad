/** Who runs on which core: the server that is measured has one to itself, all else has the others. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** As `taskset` writes them. */
export interface Cores {
  readonly measured: string;
  readonly others: string;
}

/** Undefined where nothing can be kept apart: there is one core only, or no `taskset`. */
export async function shareCores(): Promise<Cores | undefined> {
  // the parent's: this process may have been moved already
  const { stdout } = await run('taskset', ['-cp', String(process.ppid)]).catch(() => ({ stdout: '' }));
  const [measured, ...others] = coresIn(stdout.trim().split(': ').at(-1) ?? '');
  if (measured === undefined || others.length === 0) return undefined;
  return { measured: String(measured), others: others.join(',') };
}

/** This process with all its threads, and whatever it starts from now on. */
export async function moveTo(cores: string): Promise<void> {
  await run('taskset', ['-acp', cores, String(process.pid)]);
}

// such as 0-3,8
function coresIn(ranges: string): number[] {
  if (ranges === '') return [];
  return ranges.split(',').flatMap((range) => {
    const [first = Number.NaN, last = first] = range.split('-').map(Number);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
}
