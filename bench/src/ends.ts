/** How long it takes until an ended session is ended on every node: the answer to `DELETE` waits for that. */
import { Termination } from '@rollcall/core/schema/session';
import { type Bearer, rollcallOn, signInOften } from './load/rollcall-server.ts';
import { openTestBed, type TestBed } from './load/test-bed.ts';
import { percentileOf, timed } from './measurement.ts';
import { type Table, written } from './table.ts';

const ends = 200;
const cases = [{ nodes: 1 }, { nodes: 3 }] as const;

interface End {
  /** Milliseconds, as the answer says. */
  readonly confirmation: number;
  /** Milliseconds from the request to its answer. */
  readonly whole: number;
}

export async function measureEnds(): Promise<Table> {
  await using bed = await openTestBed();
  const rows: string[][] = [];
  for (const { nodes } of cases) {
    const measured = await endMany(await startNodes(nodes, bed));
    const on = `on ${nodes} ${nodes === 1 ? 'node' : 'nodes'}`;
    rows.push(
      rowOf(
        `confirmation ${on}`,
        measured.map(({ confirmation }) => confirmation),
      ),
    );
    rows.push(
      rowOf(
        `DELETE /api/UserRequest/{requestId} ${on}`,
        measured.map(({ whole }) => whole),
      ),
    );
  }
  return { columns: ['what', 'p50', 'p99', 'longest'], rows };
}

async function startNodes(count: number, bed: TestBed): Promise<string[]> {
  const databaseUrl = await bed.createDatabase(`ends_on_${count}`);
  const urls: string[] = [];
  while (urls.length < count) urls.push((await bed.startAnywhere(rollcallOn(databaseUrl))).url);
  return urls;
}

async function endMany(nodes: readonly string[]): Promise<End[]> {
  const [first = ''] = nodes;
  const [administrator, ...bearers] = await signInOften(first, ends + 1);
  if (administrator === undefined) throw new Error('nobody signed in');
  const measured: End[] = [];
  for (const [index, bearer] of bearers.entries()) {
    await demandEverywhere(200, nodes, bearer);
    const node = nodes[index % nodes.length] ?? first;
    measured.push(await end(`${node}/api/UserRequest/${bearer.requestId}`, { administrator, nodes: nodes.length }));
    await demandEverywhere(401, nodes, bearer);
  }
  return measured;
}

async function end(url: string, { administrator, nodes }: { administrator: Bearer; nodes: number }): Promise<End> {
  let confirmation: Termination['confirmation'] | undefined;
  const whole = await timed(async () => {
    const answer = await fetch(url, { method: 'DELETE', headers: administrator.headers });
    if (!answer.ok) throw new Error(`${url}: ${answer.status} ${await answer.text()}`);
    ({ confirmation } = Termination.parse(await answer.json()));
  });
  if (confirmation?.nodes !== nodes) throw new Error(`${url}: ${confirmation?.nodes} of ${nodes} nodes confirmed`);
  return { confirmation: confirmation.milliseconds, whole };
}

// Before an end every node remembers the session: there is something to forget. Afterwards none does.
async function demandEverywhere(status: number, nodes: readonly string[], { headers }: Bearer): Promise<void> {
  for (const node of nodes) {
    const answer = await fetch(`${node}/api/Authentication`, { headers });
    await answer.arrayBuffer();
    if (answer.status !== status) throw new Error(`${node} answered ${answer.status}, not ${status}`);
  }
}

function rowOf(name: string, milliseconds: readonly number[]): string[] {
  const figures = [percentileOf(milliseconds, 0.5), percentileOf(milliseconds, 0.99), percentileOf(milliseconds, 1)];
  return [name, ...figures.map((figure) => written(figure, ' ms'))];
}
