/** A server that is killed at any moment loses nothing that it acknowledged, but the last second of activity. */
import { toMilliseconds } from '@rollcall/core/instant';
import { AuditEventList } from '@rollcall/core/schema/audit';
import { SignedIn } from '@rollcall/core/schema/authentication';
import { Problem } from '@rollcall/core/schema/problem';
import { type Session, SessionAnswer } from '@rollcall/core/schema/session';
import { parseToken } from '@rollcall/core/token';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ENGINES } from '../../test/engines.ts';
import { type Server, Workplace } from '../../test/rollcall-process.ts';
import { openTestDatabase } from '../../test/test-database.ts';

const administrator = { email: 'admin@rollcall.test', password: 'correct horse battery staple' };
const rounds = process.env['ROLLCALL_LONG_TESTS'] === undefined ? 4 : 30;
const clients = 4;
const usesEach = 40;
// written behind at most a second, and then it takes a moment
const lostActivityMs = 1500;
// an answer arrives after the activity that it reports
const clockToleranceMs = 500;

/** What one client was told, all of which has to be true after the crash. */
interface Told {
  token: string;
  readonly session: Session;
  /** When its uses were answered, since the last crash. */
  seenAt: number[];
  /** The newest of those that were old enough to be on the disk when the server was killed. */
  keptActivity: number;
  /** `ending` from the question to the answer: which of the two it came to is not known. */
  fate: 'alive' | 'ending' | 'ended';
}

describe.each(ENGINES)('%s', (engine) => {
  const made = new AsyncDisposableStack();
  let workplace: Workplace;
  let environment: Record<string, string>;
  const told: Told[] = [];

  beforeAll(async () => {
    const opened = await openTestDatabase('postgresql');
    made.defer(() => opened.destroy());
    workplace = made.use(new Workplace());
    environment = {
      ...(engine === 'postgresql' && { DATABASE_URL: 'url' in opened.options ? opened.options.url : '' }),
      ROLLCALL_SECRET: 'a secret of at least thirty-two characters',
      ROLLCALL_ADMIN_EMAIL: administrator.email,
      ROLLCALL_ADMIN_PASSWORD: administrator.password,
      // so that a session of one round rotates in the next
      ROLLCALL_TOKEN_ROTATE_AFTER: '0',
      ROLLCALL_TOKEN_GRACE: '1',
      ROLLCALL_SIGN_IN_LIMIT: '1000000',
    };
  });
  afterAll(() => made.disposeAsync());

  const stillAlive = () => told.filter(({ fate }) => fate === 'alive');

  async function ask(server: Server, path: string, { token, ...init }: RequestInit & { token?: string } = {}) {
    const headers = {
      'content-type': 'application/json',
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    };
    return await fetch(`${server.url}/api/${path}`, { ...init, headers });
  }

  async function signIn(server: Server): Promise<Told> {
    const body = JSON.stringify({ method: 'password', ...administrator });
    const answer = await ask(server, 'Authentication', { method: 'POST', body });
    return { ...SignedIn.required().parse(await answer.json()), seenAt: [], keptActivity: 0, fate: 'alive' };
  }

  /** Uses its token, and stores the next one before using that. */
  async function use(server: Server, client: Told): Promise<void> {
    const answer = await ask(server, 'Authentication', client);
    if (answer.status !== 200) throw new Error(await answer.text());
    client.seenAt.push(Date.now());
    client.token = answer.headers.get('rollcall-next-token') ?? client.token;
    await answer.arrayBuffer();
  }

  async function terminate(server: Server, client: Told, by: Told): Promise<void> {
    const { requestId } = client.session;
    client.fate = 'ending';
    const answer = await ask(server, `UserRequest/${requestId}`, { method: 'DELETE', token: by.token });
    await answer.arrayBuffer();
    if (answer.status === 200) client.fate = 'ended';
  }

  /** Until the server is gone. */
  async function work(server: Server, former: Told | undefined): Promise<void> {
    try {
      if (former) for (let times = 0; times < 3; times += 1) await use(server, former);
      for (;;) {
        const client = await signIn(server);
        told.push(client);
        for (let times = 0; times < usesEach; times += 1) await use(server, client);
        const second = await signIn(server);
        told.push(second);
        await terminate(server, second, client);
      }
    } catch (error) {
      if (!(error instanceof TypeError) && !(error instanceof SyntaxError)) throw error;
    }
  }

  async function examine(server: Server): Promise<void> {
    const reader = await signIn(server);
    const events: string[] = [];
    for (let page = 1; ; page += 1) {
      const answer = await ask(server, `AuditEvents?pageSize=100&page=${page}`, reader);
      const list = AuditEventList.parse(await answer.json());
      for (const { action, outcome, subjectRequestId } of list.events) {
        events.push(`${action} ${outcome} ${subjectRequestId}`);
      }
      if (list.events.length === 0) break;
    }
    const recorded = new Set(events);
    for (const client of told) await examineOne(server, { client, reader, recorded });
  }

  async function examineOne(server: Server, { client, reader, recorded }: Examined): Promise<void> {
    const { session, keptActivity, fate, token } = client;
    expect(recorded).toContain(`sign-in success ${session.requestId}`);
    const kept = await ask(server, `UserRequest/${session.requestId}`, { token: reader.token });
    const { lastActivity } = SessionAnswer.parse(await kept.json()).session;
    expect(toMilliseconds(lastActivity)).toBeGreaterThanOrEqual(keptActivity - clockToleranceMs);
    if (fate !== 'ended') return;
    expect(recorded).toContain(`termination success ${session.requestId}`);
    const refused = Problem.parse(await (await ask(server, 'Authentication', { token })).json());
    expect(refused.endReason).toBe('terminated');
  }

  interface Examined {
    readonly client: Told;
    readonly reader: Told;
    readonly recorded: ReadonlySet<string>;
  }

  test(
    `killed ${rounds} times`,
    async () => {
      for (let round = 0; round < rounds; round += 1) {
        const server = await workplace.serve(environment);
        const alive = stillAlive().slice(0, clients);
        const working = Array.from({ length: clients }, (_, index) => work(server, alive[index]));
        const most = told.length + 4 + Math.floor(Math.random() * 30);
        // the first one long enough that some activity has to be kept
        const shortest = round === 0 ? lostActivityMs + 500 : 0;
        const longest = Date.now() + shortest + Math.random() * 3000;
        await expect
          .poll(() => told.length > most && Date.now() > longest, { timeout: 60_000, interval: 5 })
          .toBe(true);
        const killedAt = Date.now();
        await server.stop('SIGKILL');
        await Promise.all(working);
        for (const client of told) {
          const written = client.seenAt.splice(0).filter((at) => at <= killedAt - lostActivityMs);
          client.keptActivity = Math.max(client.keptActivity, ...written);
        }
      }
      const server = await workplace.serve(environment);
      await examine(server);
      // every client that was not ended goes on with what it stored: no acknowledged rotation was lost
      for (const client of stillAlive()) await use(server, client);
      expect(told.filter(({ keptActivity }) => keptActivity > 0)).not.toEqual([]);
      expect(told.filter(({ token }) => (parseToken(token)?.number ?? 1) > 1)).not.toEqual([]);
      expect(await server.stop('SIGTERM')).toBe(0);
    },
    rounds * 60_000 + 60_000,
  );
});
