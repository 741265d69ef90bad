/** What an administrator waits for, at growing numbers of sessions in one organization. */
import { fillTo } from './load/demo-sessions.ts';
import { rollcallOn, signInOften } from './load/rollcall-server.ts';
import { openTestBed } from './load/test-bed.ts';
import { percentileOf, timed } from './measurement.ts';
import type { Table } from './table.ts';

const sizes = [10_000, 100_000, 1_000_000] as const;
const requests = 60;
const warmUps = 5;
const grouped = new Intl.NumberFormat('en');

const list = '/api/UserRequests?pageSize=50';
const paths: readonly { readonly name: string; readonly path: string }[] = [
  { name: 'GET /health/live', path: '/health/live' },
  { name: 'first page', path: '/api/UserRequests' },
  { name: 'statistics', path: '/api/UserRequestStatistics' },
  { name: 'page in the middle', path: 'middle' },
  { name: 'last page', path: 'last' },
  { name: 'active ones', path: `${list}&status=active` },
  ...['userEmail', 'sessionName', 'ipAddress', 'userAgent', 'lastActivity', 'duration', 'isActive'].map((sort) => ({
    name: `by ${sort}`,
    path: `${list}&sort=${sort}`,
  })),
  ...[
    'chrome',
    'example.com',
    '192.0.2.7',
    '10.2',
    'ada',
    'zzzz',
    'ab',
    'okafor',
    'chrome status:active',
    'ip:10.20.0.0/16',
    'browser:firefox',
    'agent:curl',
    'created:<7d',
    'duration:>8h',
    'concurrent:>3',
    'ended:token-reuse',
    '-chrome -safari -firefox',
    'safari OR okafor',
  ].map((search) => ({ name: `search \`${search}\``, path: `${list}&search=${encodeURIComponent(search)}` })),
];

/** 95th percentiles through HTTP on PostgreSQL, the largest beside the smallest. */
export async function measureSearches(): Promise<Table> {
  await using bed = await openTestBed();
  const databaseUrl = await bed.createDatabase('searches');
  const { url } = await bed.start(rollcallOn(databaseUrl));
  const [bearer] = await signInOften(url, 1);
  if (bearer === undefined) throw new Error('nobody has signed in');
  const figures = new Map<string, number[]>();
  const put = (name: string, figure: number) => figures.set(name, [...(figures.get(name) ?? []), figure]);
  for (const size of sizes) {
    put('filling, in all', await timed(() => fillTo(size, databaseUrl)));
    for (const { name, path } of paths) put(name, await latency(url + at(path, size), bearer.headers));
    put('exporting all as CSV', await timed(() => readAll(`${url}/api/UserRequestExport`, bearer.headers)));
    put('signing in', await latencyOf(async () => void (await signInOften(url, 1))));
  }
  const rows = [...figures].map(([name, times]) => [
    name,
    ...times.map((time) => `${time.toPrecision(3)} ms`),
    ((times.at(-1) ?? 0) / (times[0] ?? 1)).toPrecision(3),
  ]);
  return { columns: ['what, p95', ...sizes.map((size) => grouped.format(size)), 'last × first'], rows };
}

function at(path: string, size: number): string {
  if (path === 'middle') return `${list}&page=${Math.floor(size / 100)}`;
  if (path === 'last') return `${list}&page=${Math.floor(size / 50)}`;
  return path;
}

function latency(url: string, headers: Record<string, string>): Promise<number> {
  return latencyOf(() => readAll(url, headers));
}

async function readAll(url: string, headers: Record<string, string>): Promise<void> {
  const answer = await fetch(url, { headers });
  if (!answer.ok || !answer.body) throw new Error(`${url}: ${answer.status}`);
  await answer.body.pipeTo(new WritableStream());
}

async function latencyOf(work: () => Promise<void>): Promise<number> {
  const figures: number[] = [];
  for (let request = 0; request < requests; request += 1) figures.push(await timed(work));
  return percentileOf(figures.slice(warmUps), 0.95);
}
