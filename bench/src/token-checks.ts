/** What the server's own answer to "whose token is this" costs, beside an answer that needs to know nothing. */
import { rollcallOn, signInOften } from './load/rollcall-server.ts';
import { comparison, measureInTurn, type Subject } from './load/subjects.ts';
import { openTestBed, type TestBed } from './load/test-bed.ts';
import type { Table } from './table.ts';

const sessions = 100;
const unauthenticated = 'GET /health/live';

export async function measureTokenChecks(seconds: number): Promise<Table> {
  await using bed = await openTestBed();
  const bare = await bed.start({ module: new URL('./peers/bare.ts', import.meta.url) });
  const [first, ...others] = [await remembering(bed), await forgetting(bed)];
  const subjects: Subject[] = [
    { name: 'node:http alone', ...bare, headers: [{}] },
    { ...first, name: unauthenticated, url: new URL('/health/live', first.url).href, headers: [{}] },
    first,
    ...others,
  ];
  return comparison(await measureInTurn(bed, subjects, seconds), unauthenticated);
}

/** As it comes: nearly every check is decided by what the node remembers. */
export function remembering(bed: TestBed): Promise<Subject> {
  return tokenCheck(bed, { name: 'GET /api/Authentication', database: 'remembering', settings: {} });
}

/** Every check is decided by the database. */
export function forgetting(bed: TestBed): Promise<Subject> {
  const settings = { ROLLCALL_REMEMBERED_SESSIONS: '0' };
  return tokenCheck(bed, { name: 'GET /api/Authentication, nothing remembered', database: 'forgetting', settings });
}

interface Check {
  readonly name: string;
  readonly database: string;
  readonly settings: Readonly<Record<string, string>>;
}

async function tokenCheck(bed: TestBed, { name, database, settings }: Check): Promise<Subject> {
  const { url, pid } = await bed.start(rollcallOn(await bed.createDatabase(database), settings));
  const bearers = await signInOften(url, sessions);
  return { name, database, pid, url: `${url}/api/Authentication`, headers: bearers.map(({ headers }) => headers) };
}
