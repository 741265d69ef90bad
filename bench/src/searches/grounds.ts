/** A database that grows, with the server over it and a way past the server. One organization among a hundred. */
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toInstant } from '@rollcall/core/instant';
import pg from 'pg';
import type { Database } from '../../../apps/server/src/database/database.ts';
import { Engine } from '../../../apps/server/src/database/embedded/engine.ts';
import { openEmbedded } from '../../../apps/server/src/database/embedded/open-embedded.ts';
import { templateDirectory } from '../../../apps/server/src/database/embedded/template-directory.ts';
import { openPostgresql } from '../../../apps/server/src/database/postgresql/open-postgresql.ts';
import { writePopulation } from '../../../apps/server/src/demo/write-population.ts';
import { createOrganization } from '../../../apps/server/src/organizations/create-organization.ts';
import { findOrganization } from '../../../apps/server/src/organizations/read-organization.ts';
import { type Bearer, rollcallIn, rollcallOn, signInOften } from '../load/rollcall-server.ts';
import { type Program, startProcess } from '../load/server-process.ts';

const others = 99;
const sessionsOfOthers = 100;
const timeouts = { idleSeconds: 86_400, absoluteSeconds: 2_592_000 };

export interface Grounds {
  /** Fills the organization up to that number of sessions. */
  fillTo(sessions: number): Promise<void>;
  /** While the server runs, with somebody signed in. */
  withServer<T>(work: (server: RunningServer) => Promise<T>): Promise<T>;
  /** Past the server: runs a statement, whose `$1` is the organization. */
  withQueries<T>(work: (run: (statement: string) => Promise<unknown>) => Promise<T>): Promise<T>;
}

export interface RunningServer {
  readonly url: string;
  readonly bearer: Bearer;
  /** Megabytes that it holds in memory now. */
  memory(): Promise<number>;
}

export function onPostgresql(databaseUrl: string): Grounds {
  return groundsOf({
    program: rollcallOn(databaseUrl),
    open: () => openPostgresql({ url: databaseUrl }),
    connect: () => connected(new pg.Client({ connectionString: databaseUrl }), async () => {}),
  });
}

/** One process has the embedded database at a time: the server, or whoever fills it, or whoever asks past the server. */
export async function onEmbedded(): Promise<Grounds & AsyncDisposable> {
  const directory = await mkdtemp(join(tmpdir(), 'rollcall-bench-'));
  const grounds = groundsOf({
    program: rollcallIn(directory),
    open: () => openEmbedded({ directory }),
    async connect() {
      const engine = new Engine({ directory: join(directory, 'database'), template: templateDirectory() });
      await engine.open();
      const client = new pg.Client({ user: 'postgres', database: 'postgres', stream: () => engine.connect() });
      return await connected(client, () => engine.close());
    },
  });
  return { ...grounds, [Symbol.asyncDispose]: () => rm(directory, { recursive: true }) };
}

interface Means {
  readonly program: Program;
  readonly open: () => Promise<Database>;
  readonly connect: () => Promise<Connection>;
}

interface Connection extends AsyncDisposable {
  readonly client: pg.Client;
}

function groundsOf({ program, open, connect }: Means): Grounds {
  return {
    async fillTo(sessions) {
      // the server makes the first organization and its administrator
      await (await startProcess(program, undefined))[Symbol.asyncDispose]();
      const database = await open();
      try {
        await fill(database, 'default', sessions);
        for (let other = 1; other <= others; other += 1) await fill(database, `other-${other}`, sessionsOfOthers);
      } finally {
        await database.close();
      }
      await using connection = await connect();
      await connection.client.query('vacuum analyze');
      // or what was just written is brought to the disk while others are measured
      await connection.client.query('checkpoint');
    },
    async withServer(work) {
      await using server = await startProcess(program, undefined);
      const [bearer] = await signInOften(server.url, 1);
      if (bearer === undefined) throw new Error('nobody has signed in');
      return await work({ url: server.url, bearer, memory: () => memoryOf(server.pid) });
    },
    async withQueries(work) {
      await using connection = await connect();
      const { client } = connection;
      const { rows } = await client.query<{ organization_id: string }>(
        `select organization_id from organizations where slug = 'default'`,
      );
      const organizationId = rows[0]?.organization_id ?? '';
      return await work((statement) => client.query(statement.replaceAll('$1', `'${organizationId}'::uuid`)));
    },
  };
}

async function fill(database: Database, slug: string, sessions: number): Promise<void> {
  const now = toInstant(Date.now());
  const created = { organizationId: randomUUID(), slug, name: slug, at: now };
  const { organizationId } = (await findOrganization(database, slug)) ?? (await createOrganization(database, created));
  const population = { organization: slug, seed: '1', now, timeouts };
  await writePopulation(population, sessions, { database, organizationId, random: randomBytes });
}

async function connected(client: pg.Client, close: () => Promise<void>): Promise<Connection> {
  await client.connect();
  return {
    client,
    async [Symbol.asyncDispose]() {
      await client.end();
      await close();
    },
  };
}

async function memoryOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
}
