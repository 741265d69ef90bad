import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { startRollcall } from '@rollcall/e2e/rollcall';
import { type Measurement, medianOf, timed } from './measurement.ts';

const rounds = 5;

/** From the command to an answer of /health/ready, on a database that is there already, against a Node.js that does nothing. */
export async function measureStartUp(): Promise<Measurement[]> {
  const rollcall = await startRollcall();
  try {
    const starts: number[] = [];
    const nothings: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      await rollcall.stop();
      starts.push(await timed(rollcall.start));
      nothings.push(await timed(runNothing));
    }
    return [
      {
        name: 'second start to ready, embedded',
        figure: medianOf(starts),
        baseline: medianOf(nothings),
        baselineName: 'node -e 0',
        unit: 'ms',
      },
    ];
  } finally {
    await rollcall.end();
  }
}

async function runNothing(): Promise<void> {
  await once(spawn(process.execPath, ['-e', '0']), 'exit');
}
