/** Whether a token check costs the same however many sessions there are. */
import { fillTo, tokensOfSome } from './load/demo-sessions.ts';
import { rollcallOn } from './load/rollcall-server.ts';
import { columnsBeside, type Measured, measureInTurn, rowBeside, type Subject } from './load/subjects.ts';
import { openTestBed, type TestBed } from './load/test-bed.ts';
import type { Table } from './table.ts';

const sizes = [1_000, 100_000, 1_000_000] as const;
const sessionsInTurn = 100;
const grouped = new Intl.NumberFormat('en');

type Node = Pick<Subject, 'name' | 'url' | 'pid'>;

/** Each size beside the smallest one. */
export async function measureSizes(seconds: number): Promise<Table> {
  await using bed = await openTestBed();
  const databaseUrl = await bed.createDatabase('sizes');
  const nodes = await startNodes(bed, databaseUrl);
  const rows: string[][] = [];
  let smallest: Measured[] | undefined;
  for (const size of sizes) {
    await fillTo(size, databaseUrl);
    const tokens = await tokensOfSome(sessionsInTurn, databaseUrl);
    const headers = tokens.map((token) => ({ authorization: `Bearer ${token}` }));
    const subjects = nodes.map((node) => ({
      ...node,
      name: `${grouped.format(size)} sessions, ${node.name}`,
      url: `${node.url}/api/Authentication`,
      headers,
    }));
    const measured = await measureInTurn(bed, subjects, seconds);
    smallest ??= measured;
    for (const [index, one] of measured.entries()) rows.push(rowBeside(one, smallest[index] ?? one));
  }
  return { columns: columnsBeside(`${grouped.format(sizes[0])} sessions`), rows };
}

async function startNodes(bed: TestBed, databaseUrl: string): Promise<Node[]> {
  const forgetting = { ROLLCALL_REMEMBERED_SESSIONS: '0' };
  return [
    { name: 'remembered', ...(await bed.start(rollcallOn(databaseUrl))) },
    { name: 'nothing remembered', ...(await bed.start(rollcallOn(databaseUrl, forgetting))) },
  ];
}
