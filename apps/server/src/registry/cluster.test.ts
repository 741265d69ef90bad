/** Three servers on one PostgreSQL: once an end is answered, no token check that begins afterwards passes anywhere. */
import { SignedIn } from '@rollcall/core/schema/authentication';
import { Termination } from '@rollcall/core/schema/session';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ENGINES } from '../../test/engines.ts';
import { type Server, Workplace } from '../../test/rollcall-process.ts';
import { openTestDatabase, type TestDatabase } from '../../test/test-database.ts';

const administrator = { email: 'admin@rollcall.test', password: 'correct horse battery staple' };
const names = ['one', 'two', 'three'] as const;

describe.runIf(ENGINES.includes('postgresql'))('a cluster', () => {
  const made = new AsyncDisposableStack();
  const paused = new Set<Server>();
  let opened: TestDatabase;
  let nodes: Record<(typeof names)[number], Server>;
  let token: string;

  beforeAll(async () => {
    opened = await openTestDatabase('postgresql');
    made.defer(() => opened.destroy());
    const workplace = made.use(new Workplace());
    const environment = {
      DATABASE_URL: 'url' in opened.options ? opened.options.url : '',
      ROLLCALL_SECRET: 'a secret of at least thirty-two characters',
      ROLLCALL_ADMIN_EMAIL: administrator.email,
      ROLLCALL_ADMIN_PASSWORD: administrator.password,
    };
    const one = await workplace.serve(environment);
    const [two, three] = await Promise.all([workplace.serve(environment), workplace.serve(environment)]);
    nodes = { one, two, three };
    token = (await signIn()).token;
  }, 60_000);
  afterEach(() => {
    for (const server of paused) server.signal('SIGCONT');
    paused.clear();
  });
  afterAll(() => made.disposeAsync());

  const all = () => names.map((name) => nodes[name]);

  async function signIn(): Promise<{ token: string; requestId: string }> {
    const answer = await fetch(`${nodes.one.url}/api/Authentication`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ method: 'password', ...administrator }),
    });
    const { session, token: given } = SignedIn.required().parse(await answer.json());
    return { token: given, requestId: session.requestId };
  }

  async function check(server: Server, held: string): Promise<number> {
    const answer = await fetch(`${server.url}/api/Authentication`, { headers: { authorization: `Bearer ${held}` } });
    await answer.arrayBuffer();
    return answer.status;
  }

  const checkAll = (held: string) => Promise.all(all().map((server) => check(server, held)));

  async function terminate(server: Server, requestId: string) {
    const answer = await fetch(`${server.url}/api/UserRequest/${requestId}`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${token}` },
    });
    return { status: answer.status, body: await answer.json() };
  }

  function pause(server: Server): void {
    paused.add(server);
    server.signal('SIGSTOP');
  }

  /** The backends of every server, as the operating system knows them. */
  async function backends(): Promise<number[]> {
    const { rows } = await opened.database.asMaintenance('doctor', async (tx) => {
      await sql`reset role`.execute(tx);
      return await sql<{ pid: number }>`select pid from pg_stat_activity
        where datname = current_database() and application_name like 'rollcall%' and pid <> pg_backend_pid()`.execute(
        tx,
      );
    });
    return rows.map(({ pid }) => pid);
  }

  async function cutOff(pids: number[]): Promise<void> {
    await opened.database.asMaintenance('doctor', async (tx) => {
      await sql`reset role`.execute(tx);
      await sql`select pg_terminate_backend(pid) from unnest(${pids}::int[]) as pid`.execute(tx);
    });
  }

  test('an end that one node answers is an end on all of them, confirmed by all', async () => {
    for (let round = 0; round < 15; round += 1) {
      const { token: held, requestId } = await signIn();
      expect(await checkAll(held)).toEqual([200, 200, 200]);
      const server = nodes[names[round % 3] ?? 'one'];
      const { status, body } = await terminate(server, requestId);
      expect(status).toBe(200);
      expect(Termination.parse(body).confirmation.nodes).toBe(3);
      expect(await checkAll(held)).toEqual([401, 401, 401]);
    }
  });

  test('a node that hangs delays the answer by its lease at most, and is not wrong when it goes on', async () => {
    const { token: held, requestId } = await signIn();
    expect(await checkAll(held)).toEqual([200, 200, 200]);
    pause(nodes.three);
    const { body } = await terminate(nodes.one, requestId);
    const { milliseconds, nodes: confirmedBy } = Termination.parse(body).confirmation;
    expect(confirmedBy).toBe(2);
    expect(milliseconds).toBeLessThanOrEqual(2500);
    const waiting = check(nodes.three, held);
    nodes.three.signal('SIGCONT');
    expect(await waiting).toBe(401);
    expect(await checkAll(held)).toEqual([401, 401, 401]);
  });

  test('while connections are cut and nodes hang, nothing that was answered is taken back', async () => {
    const tokens = await Promise.all(Array.from({ length: 12 }, signIn));
    let answered = 0;
    for (const [round, { token: held, requestId }] of tokens.entries()) {
      await expect.poll(() => checkAll(held), { timeout: 10_000 }).toEqual([200, 200, 200]);
      const [hanging, asked] = [names[round % 3] ?? 'one', names[(round + 1) % 3] ?? 'two'];
      pause(nodes[hanging]);
      const ending = terminate(nodes[asked], requestId);
      await cutOff((await backends()).filter((pid) => (pid + round) % 4 === 0));
      nodes[hanging].signal('SIGCONT');
      if ((await ending).status !== 200) continue;
      answered += 1;
      for (const status of await checkAll(held)) expect([401, 503]).toContain(status);
    }
    expect(answered).toBeGreaterThan(0);
    await expect.poll(() => checkAll(token), { timeout: 10_000 }).toEqual([200, 200, 200]);
  }, 60_000);

  test('while every connection to the database hangs, nobody is told an end that is none', async () => {
    const { token: held, requestId } = await signIn();
    expect(await checkAll(held)).toEqual([200, 200, 200]);
    const pids = await backends();
    for (const pid of pids) process.kill(pid, 'SIGSTOP');
    const ending = terminate(nodes.two, requestId);
    // what is remembered is relied on for the rest of the lease at most; then nobody can tell, or it has ended
    await expect.poll(() => check(nodes.three, held), { timeout: 10_000 }).not.toBe(200);
    for (const pid of pids) process.kill(pid, 'SIGCONT');
    const { status } = await ending;
    if (status === 200) expect(await checkAll(held)).toEqual([401, 401, 401]);
    else expect(status).toBe(503);
    await expect.poll(() => checkAll(token), { timeout: 10_000 }).toEqual([200, 200, 200]);
  }, 60_000);
});
