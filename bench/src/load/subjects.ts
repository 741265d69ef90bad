/** Servers that are compared: all are up, they are warmed up, and then each has its turn, several times over. */
import type { Table } from '../table.ts';
import { written } from '../table.ts';
import { type Load, measureLoad, type Target } from './load.ts';
import type { TestBed } from './test-bed.ts';

export interface Subject extends Target {
  readonly name: string;
  /** The database that it uses, if it uses one. */
  readonly database?: string;
}

export interface Measured extends Load {
  readonly name: string;
  readonly statementsPerHundred: number | undefined;
}

const turns = 3;

/** Of each subject the turn whose throughput was the median. */
export async function measureInTurn(bed: TestBed, subjects: readonly Subject[], seconds: number): Promise<Measured[]> {
  for (const subject of subjects) await measureLoad(subject, seconds);
  const taken = subjects.map((subject) => ({ subject, loads: [] as Measured[] }));
  for (let turn = 0; turn < turns; turn += 1) {
    for (const { subject, loads } of taken) loads.push(await measureOnce(bed, subject, seconds));
  }
  return taken.map(({ loads }) => medianOf(loads));
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
    written(one.requestsPerSecond / baseline.requestsPerSecond),
    written(one.p50, ' ms'),
    written(one.p99, ' ms'),
    written(one.p99 / baseline.p99),
    written(one.busy && one.busy * 100, ' %'),
    written(one.busy && (one.busy / one.requestsPerSecond) * 1e6),
    written(one.statementsPerHundred),
  ];
}

async function measureOnce(bed: TestBed, subject: Subject, seconds: number): Promise<Measured> {
  const { name, database } = subject;
  const count = async () => (database === undefined ? undefined : await bed.countStatements(database));
  const before = await count();
  const load = await measureLoad(subject, seconds);
  const after = await count();
  const statements = before === undefined || after === undefined ? undefined : after - before;
  return { name, ...load, statementsPerHundred: statements && (statements / load.requests) * 100 };
}

function medianOf(loads: readonly Measured[]): Measured {
  const sorted = [...loads].sort((a, b) => a.requestsPerSecond - b.requestsPerSecond);
  const median = sorted[Math.floor(sorted.length / 2)];
  if (median === undefined) throw new Error('a median needs at least one turn');
  return median;
}
