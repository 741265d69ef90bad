/** Servers that are compared: all are up, they are warmed up, and then each has its turn, several times over. */
import { medianOf } from '../measurement.ts';
import type { Table } from '../table.ts';
import { written } from '../table.ts';
import { type Load, measureLoad, type Target } from './load.ts';
import type { TestBed } from './test-bed.ts';

export interface Subject extends Target {
  readonly name: string;
  /** The database that it uses, if it uses one. */
  readonly database?: string;
}

interface Turn extends Load {
  readonly name: string;
  readonly statementsPerHundred: number | undefined;
}

export interface Measured extends Turn {
  /** All of them; the figures are those of the one whose throughput was the median. */
  readonly turns: readonly Turn[];
}

const turns = 9;

export async function measureInTurn(bed: TestBed, subjects: readonly Subject[], seconds: number): Promise<Measured[]> {
  for (const subject of subjects) await measureLoad(subject, seconds);
  const taken = subjects.map((subject) => ({ subject, loads: [] as Turn[] }));
  for (let turn = 0; turn < turns; turn += 1) {
    for (const { subject, loads } of taken) loads.push(await measureOnce(bed, subject, seconds));
  }
  return taken.map(({ loads }) => ({ ...middleOf(loads), turns: loads }));
}

/** Every subject beside the one of that name. */
export function comparison(measured: readonly Measured[], baselineName: string): Table {
  const baseline = measured.find(({ name }) => name === baselineName);
  if (baseline === undefined) throw new Error(`${baselineName} was not measured`);
  return { columns: columnsBeside(baselineName), rows: measured.map((one) => rowBeside(one, baseline)) };
}

export function columnsBeside(baselineName: string): Table['columns'] {
  const times = ['p50', 'p99', '× p99'];
  const server = ['server busy', 'its µs a request', 'statements per 100'];
  return ['what', 'requests/s', `× ${baselineName}`, ...times, ...server];
}

export function rowBeside(one: Measured, baseline: Measured): string[] {
  return [
    one.name,
    written(one.requestsPerSecond),
    written(ratioOf(one, baseline, ({ requestsPerSecond }) => requestsPerSecond)),
    written(one.p50, ' ms'),
    written(one.p99, ' ms'),
    written(ratioOf(one, baseline, ({ p99 }) => p99)),
    written(one.busy && one.busy * 100, ' %'),
    written(one.busy && (one.busy / one.requestsPerSecond) * 1e6),
    written(one.statementsPerHundred),
  ];
}

// Turn by turn: a machine is faster in one minute than in another, and seldom within one round.
function ratioOf(one: Measured, baseline: Measured, figureOf: (turn: Turn) => number): number {
  const ratios = one.turns.map((turn, index) => figureOf(turn) / figureOf(baseline.turns[index] ?? baseline));
  return medianOf(ratios);
}

async function measureOnce(bed: TestBed, subject: Subject, seconds: number): Promise<Turn> {
  const { name, database } = subject;
  const count = async () => (database === undefined ? undefined : await bed.countStatements(database));
  const before = await count();
  const load = await measureLoad(subject, seconds);
  const after = await count();
  const statements = before === undefined || after === undefined ? undefined : after - before;
  return { name, ...load, statementsPerHundred: statements && (statements / load.requests) * 100 };
}

function middleOf(loads: readonly Turn[]): Turn {
  const middle = [...loads].sort((a, b) => a.requestsPerSecond - b.requestsPerSecond)[Math.floor(loads.length / 2)];
  if (middle === undefined) throw new Error('there is at least one turn');
  return middle;
}
