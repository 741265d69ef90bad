/** What everything that is compared has in common: one PostgreSQL as it comes, and a core for the server that is measured. */
import pg from 'pg';
import { createCluster, runOn } from '../../../apps/server/test/postgresql-cluster.ts';
import { moveTo, shareCores } from './cores.ts';
import { type Program, type ServerProcess, startProcess } from './server-process.ts';

export interface TestBed extends AsyncDisposable {
  /** A new database; answers its address. */
  createDatabase(name: string): Promise<string>;
  /** A server on the core that is measured, until the test bed is put away. */
  start(program: Program): Promise<ServerProcess>;
  /** A server that may use all cores. */
  startAnywhere(program: Program): Promise<ServerProcess>;
  /** How many statements have been executed in a database so far, `begin` and `commit` included. */
  countStatements(database: string): Promise<number>;
}

export async function openTestBed(): Promise<TestBed> {
  await using opening = new AsyncDisposableStack();
  const cores = await shareCores();
  if (cores) {
    await moveTo(cores.others);
    // what is measured after this may have them all again
    opening.defer(() => moveTo(`${cores.measured},${cores.others}`));
  }
  const cluster = await createCluster({ shared_preload_libraries: 'pg_stat_statements' });
  opening.defer(() => cluster.destroy());
  await runOn(cluster.url, 'create extension pg_stat_statements');
  const counting = new pg.Client({ connectionString: cluster.url });
  await counting.connect();
  opening.defer(() => counting.end());
  const open = opening.move();

  async function start(program: Program, on: string | undefined): Promise<ServerProcess> {
    return open.use(await startProcess(program, on));
  }
  return {
    async createDatabase(name) {
      await runOn(cluster.url, `create database ${name}`);
      return new URL(`/${name}`, cluster.url).href;
    },
    start: (program) => start(program, cores?.measured),
    startAnywhere: (program) => start(program, cores && `${cores.measured},${cores.others}`),
    async countStatements(database) {
      const { rows } = await counting.query<{ calls: string | null }>(
        'select sum(calls) as calls from pg_stat_statements join pg_database on dbid = oid where datname = $1',
        [database],
      );
      return Number(rows[0]?.calls ?? 0);
    },
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  };
}
