/** Figures that are taken one by one, each beside a baseline of its own. */
import { type Table, written } from './table.ts';

/** One line of the table: a figure, and what it is measured against in the same run on the same machine. */
export interface Measurement {
  readonly name: string;
  readonly figure: number;
  readonly baseline: number;
  readonly baselineName: string;
  readonly unit: string;
}

export function tableOf(measurements: readonly Measurement[]): Table {
  return {
    columns: ['what', 'figure', 'baseline', 'ratio', 'against'],
    rows: measurements.map((measurement) => {
      const { name, figure, baseline, baselineName, unit } = measurement;
      const ratio = written(ratioOf(measurement));
      return [name, written(figure, ` ${unit}`), written(baseline, ` ${unit}`), ratio, baselineName];
    }),
  };
}

export function medianOf(figures: readonly number[]): number {
  return percentileOf(figures, 0.5);
}

export function percentileOf(figures: readonly number[], share: number): number {
  const sorted = [...figures].sort((a, b) => a - b);
  const figure = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  if (figure === undefined) throw new Error('a percentile needs at least one figure');
  return figure;
}

/** Milliseconds that something took. */
export async function timed(work: () => unknown): Promise<number> {
  const before = performance.now();
  await work();
  return performance.now() - before;
}

// Figures differ from machine to machine; their ratio to a baseline of the same run hardly does.
function ratioOf({ figure, baseline }: Measurement): number {
  return figure / baseline;
}
