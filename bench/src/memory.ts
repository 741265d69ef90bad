/** Memory that a node needs for what it remembers, measured in a process that holds nothing else. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import * as z from 'zod';
import type { Measurement } from './measurement.ts';

const run = promisify(execFile);
const sizes = [100_000, 1_000_000] as const;
const program = fileURLToPath(new URL('./remembered-sessions.ts', import.meta.url));

export const RememberedSessions = z.object({
  sessions: z.number(),
  /** Of one session, on the heap and beside it. */
  bytes: z.number(),
  /** Of one session's row as JSON. */
  textBytes: z.number(),
});
export type RememberedSessions = z.infer<typeof RememberedSessions>;

export async function measureMemory(): Promise<Measurement[]> {
  const measurements: Measurement[] = [];
  for (const size of sizes) measurements.push(await measureAt(size));
  return measurements;
}

async function measureAt(size: number): Promise<Measurement> {
  const flags = ['--expose-gc', '--max-old-space-size=6144'];
  const { stdout } = await run(process.execPath, [...flags, program, String(size)]);
  const { sessions, bytes, textBytes } = RememberedSessions.parse(JSON.parse(stdout));
  if (sessions !== size) throw new Error(`${sessions} sessions are remembered, not ${size}`);
  return {
    name: `a remembered session of ${size.toLocaleString('en')}`,
    figure: bytes,
    baseline: textBytes,
    baselineName: 'its row as JSON',
    unit: 'bytes',
  };
}
