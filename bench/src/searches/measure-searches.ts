/** What an administrator waits for, at growing numbers of sessions in one organization, beside SQL by hand. */
import { createCluster, runOn } from '../../../apps/server/test/postgresql-cluster.ts';
import { openAsker } from '../load/asker.ts';
import { signInOften } from '../load/rollcall-server.ts';
import { percentileOf, timed } from '../measurement.ts';
import { type Table, written } from '../table.ts';
import { type Case, cases, firstPage, firstPageWithStatistics, statistics } from './cases.ts';
import { type Grounds, onEmbedded, onPostgresql, type RunningServer } from './grounds.ts';

/** How often each is asked at each size, at least. PGlite is asked less often where it takes long. */
interface Plan {
  readonly sessions: number;
  readonly requests: number;
}

const onServer: readonly Plan[] = [
  { sessions: 10_000, requests: 40 },
  { sessions: 100_000, requests: 40 },
  { sessions: 1_000_000, requests: 30 },
];
const inProcess: readonly Plan[] = [
  { sessions: 10_000, requests: 20 },
  { sessions: 100_000, requests: 10 },
  { sessions: 1_000_000, requests: 4 },
];
// What takes little is asked more often: a server that has just been started is slower than one that has been up for a second.
const shortest = { warmUpMs: 300, measuredMs: 600 };
const leastWarmUps = 3;
const grouped = new Intl.NumberFormat('en');

export async function measureSearches(largest: number): Promise<Table[]> {
  await using open = new AsyncDisposableStack();
  const cluster = await createCluster();
  open.defer(() => cluster.destroy());
  await runOn(cluster.url, 'create database searches');
  const databaseUrl = new URL('/searches', cluster.url).href;
  return await measureOn(onPostgresql(databaseUrl), upTo(largest, onServer));
}

export async function measureEmbeddedSearches(largest: number): Promise<Table[]> {
  await using grounds = await onEmbedded();
  return await measureOn(grounds, upTo(largest, inProcess));
}

function upTo(largest: number, plans: readonly Plan[]): Plan[] {
  return plans.filter(({ sessions }) => sessions <= largest);
}

interface Figures {
  readonly p50: number;
  readonly p95: number;
}

interface AtSize {
  readonly sessions: number;
  readonly empty: Figures;
  readonly signIn: Figures;
  readonly ours: ReadonlyMap<Case, Figures>;
  readonly byHand: ReadonlyMap<Case, Figures>;
  readonly exported: Exported;
}

interface Exported {
  readonly rowsPerSecond: number;
  readonly leastMegabytes: number;
  readonly mostMegabytes: number;
}

async function measureOn(grounds: Grounds, plans: readonly Plan[]): Promise<Table[]> {
  const measured: AtSize[] = [];
  for (const plan of plans) measured.push(await measureAt(grounds, plan));
  return [searchTable(measured), summary(measured)];
}

async function measureAt(grounds: Grounds, { sessions, requests }: Plan): Promise<AtSize> {
  await grounds.fillTo(sessions);
  const often = (work: () => Promise<unknown>) => figuresOf(work, requests);
  const byHand = await grounds.withQueries(async (run) => {
    const figures = new Map<Case, Figures>();
    for (const one of cases) {
      const statements = one.byHand(sessions);
      figures.set(
        one,
        await often(async () => {
          for (const statement of statements) await run(statement);
        }),
      );
    }
    return figures;
  });
  return await grounds.withServer(async (server) => {
    using asker = openAsker();
    const ask = (paths: readonly string[]) =>
      often(() => Promise.all(paths.map((path) => asker.ask(server.url + path, server.bearer.headers))));
    const empty = await ask(['/health/live']);
    const ours = new Map<Case, Figures>();
    for (const one of cases) ours.set(one, await ask(one.paths(sessions)));
    const signIn = await often(() => signInOften(server.url, 1));
    return { sessions, empty, signIn, ours, byHand, exported: await exportAll(server, sessions) };
  });
}

async function figuresOf(work: () => Promise<unknown>, requests: number): Promise<Figures> {
  await takenFor(work, leastWarmUps, shortest.warmUpMs);
  const taken = await takenFor(work, requests, shortest.measuredMs);
  return { p50: percentileOf(taken, 0.5), p95: percentileOf(taken, 0.95) };
}

async function takenFor(work: () => Promise<unknown>, least: number, milliseconds: number): Promise<number[]> {
  const taken: number[] = [];
  const end = performance.now() + milliseconds;
  while (taken.length < least || performance.now() < end) taken.push(await timed(work));
  return taken;
}

async function exportAll(server: RunningServer, sessions: number): Promise<Exported> {
  const memory: number[] = [await server.memory()];
  const watch = setInterval(() => void server.memory().then((megabytes) => memory.push(megabytes)), 100);
  using asker = openAsker();
  const milliseconds = await timed(() =>
    asker.ask(`${server.url}/api/UserRequestExport?format=ndjson`, server.bearer.headers),
  );
  clearInterval(watch);
  return {
    rowsPerSecond: (sessions / milliseconds) * 1000,
    leastMegabytes: Math.min(...memory),
    mostMegabytes: Math.max(...memory),
  };
}

function searchTable(measured: readonly AtSize[]): Table {
  const cells = ({ p50, p95 }: Figures) => `${written(p50)} / ${written(p95)}`;
  const known = (figures: ReadonlyMap<Case, Figures>, one: Case) => {
    const found = figures.get(one);
    if (found === undefined) throw new Error(`${one.name} was not measured`);
    return found;
  };
  const columns = measured.flatMap(({ sessions }) => [`${grouped.format(sessions)}`, 'by hand']);
  const empty = ['empty request', ...measured.flatMap((at) => [cells(at.empty), '–'])];
  const rows = cases.map((one) => [
    one.name,
    ...measured.flatMap(({ ours, byHand }) => [cells(known(ours, one)), cells(known(byHand, one))]),
  ]);
  return { columns: ['ms, p50 / p95', ...columns], rows: [empty, ...rows] };
}

function summary(measured: readonly AtSize[]): Table {
  const row = (name: string, figure: (at: AtSize) => number, unit: string) => {
    const figures = measured.map(figure);
    const ratio = (figures.at(-1) ?? 0) / (figures[0] ?? 1);
    return [name, ...figures.map((one) => written(one, unit)), written(ratio)];
  };
  const p95Of = (one: Case) => (at: AtSize) => at.ours.get(one)?.p95 ?? 0;
  const columns = measured.map(({ sessions }) => grouped.format(sessions));
  return {
    columns: ['sessions', ...columns, 'last × first'],
    rows: [
      row('first page, p95', p95Of(firstPage), ' ms'),
      row('statistics, p95', p95Of(statistics), ' ms'),
      row('first page and statistics at once, p95', p95Of(firstPageWithStatistics), ' ms'),
      row('signing in, p50', ({ signIn }) => signIn.p50, ' ms'),
      row('signing in, p95', ({ signIn }) => signIn.p95, ' ms'),
      row('export as NDJSON, rows/s', ({ exported }) => exported.rowsPerSecond, ''),
      row('server’s memory meanwhile, least', ({ exported }) => exported.leastMegabytes, ' MB'),
      row('server’s memory meanwhile, most', ({ exported }) => exported.mostMegabytes, ' MB'),
    ],
  };
}
