import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { SignedIn } from '@rollcall/core/schema/authentication';
import { sql } from 'kysely';
import { describe, expect, test, vi } from 'vitest';
import { ENGINES } from '../test/engines.ts';
import { Workplace } from '../test/rollcall-process.ts';
import { openTestDatabase } from '../test/test-database.ts';
import { openEmbedded } from './database/embedded/open-embedded.ts';

// every command is a process that opens the database, and on a busy machine that takes seconds
vi.setConfig({ testTimeout: 120_000 });

const email = 'admin@rollcall.test';
const password = 'correct horse battery staple';
const chosen = { ROLLCALL_ADMIN_PASSWORD: password };

describe('serve', () => {
  test('makes everything the first time and says how to get in; finds it the second time', async () => {
    await using place = new Workplace();
    const first = await place.serve();
    const [, generated = ''] = /Password +(\S+)/.exec(first.printed) ?? [];
    expect((await signIn(first.url, { email, password: generated })).status).toBe(201);
    const secret = readFileSync(join(place.data, 'secret'), 'utf8');
    expect(statSync(join(place.data, 'command.sock')).mode & 0o777).toBe(0o600);
    expect(await first.stop('SIGTERM')).toBe(0);

    const second = await place.serve();
    expect(second.printed).toContain(email);
    expect(second.printed).not.toContain('Password');
    expect((await signIn(second.url, { email, password: generated })).status).toBe(201);
    expect(readFileSync(join(place.data, 'secret'), 'utf8')).toBe(secret);
    expect(await second.stop('SIGINT')).toBe(0);
  });

  test('writes the last activity before it ends', async () => {
    await using place = new Workplace();
    const server = await place.serve(chosen);
    const { session, token } = SignedIn.parse(await (await signIn(server.url, { email, password })).json());
    const headers = { authorization: `Bearer ${token}`, 'user-agent': 'last words' };
    expect((await fetch(`${server.url}/api/Authentication`, { headers })).status).toBe(200);
    expect(await server.stop('SIGTERM')).toBe(0);
    expect(await lastUserAgent(place, session.requestId)).toBe('last words');
  });

  test('survives being killed: what was acknowledged is there, and nothing is in the way', async () => {
    await using place = new Workplace();
    const server = await place.serve(chosen);
    const { token } = SignedIn.parse(await (await signIn(server.url, { email, password })).json());
    await server.stop('SIGKILL');
    expect(await place.run(['doctor'])).toMatchObject({ exitCode: 0, complained: '' });
    const again = await place.serve();
    const answer = await fetch(`${again.url}/api/Authentication`, { headers: { authorization: `Bearer ${token}` } });
    expect(answer.status).toBe(200);
  });

  test('has the data directory and the port for itself', async () => {
    await using place = new Workplace();
    const server = await place.serve();
    const second = await place.run(['serve']);
    expect(second).toMatchObject({ exitCode: 1, printed: '' });
    expect(second.complained).toMatch(
      /^rollcall: .* is in use by process \d+ since .*Z: end it, or name another directory in ROLLCALL_DATA_DIR\n$/,
    );

    await using elsewhere = new Workplace();
    const { port } = new URL(server.url);
    const third = await elsewhere.run(['serve'], { PORT: port });
    expect(third).toMatchObject({ exitCode: 1, printed: '' });
    expect(third.complained).toMatch(new RegExp(`^rollcall: port ${port} on 127\\.0\\.0\\.1 is taken .*\\n$`));
  });

  test.runIf(ENGINES.includes('postgresql'))('serves from PostgreSQL, and commands work beside it', async () => {
    await using stack = new AsyncDisposableStack();
    const { options, destroy } = await openTestDatabase('postgresql');
    stack.defer(destroy);
    const place = stack.use(new Workplace());
    const url = 'url' in options ? options.url : '';
    expect((await place.run(['serve'], { DATABASE_URL: url })).complained).toMatch(
      /^rollcall: ROLLCALL_SECRET is not set/,
    );

    const environment = { DATABASE_URL: url, ROLLCALL_SECRET: 'a secret that is long enough to sign with' };
    const server = await place.serve({ ...environment, ...chosen });
    const user = { email: 'ada@example.com', password: 'a password from a pipe' };
    const words = ['user', 'create', '--email', user.email, '--password-stdin'];
    await place.run(words, { DATABASE_URL: url, input: user.password });
    expect((await signIn(server.url, user)).status).toBe(201);
    expect(await server.stop('SIGTERM')).toBe(0);
  });
});

describe('is told in one line, and ends', () => {
  test.each([
    [['serve'], { PORT: 'eighty' }, 1, 'PORT is "eighty": it must be a number from 0 to 65535; 0 takes any free port'],
    [['doctor'], { ROLLCALL_SECRET: 'hidden' }, 1, 'ROLLCALL_SECRET is wrong (its value is not shown): it must be one'],
    [
      ['demo', '--sessions', '5'],
      {},
      1,
      'this database has no organization yet: is it the server’s, by ROLLCALL_DATA_DIR or DATABASE_URL?',
    ],
    [['demo'], {}, 2, '--sessions must be a whole number from 1 to 1000000; see rollcall --help'],
    [['dance'], {}, 2, 'there is no command "dance"; see rollcall --help'],
    [
      ['doctor'],
      { ROLLCALL_DATA_DIR: '/dev/null/x' },
      1,
      'ROLLCALL_DATA_DIR is "/dev/null/x", which cannot be used: ENOTDIR',
    ],
    // where making a directory fails as if its parent were missing, however deep
    ...['/proc/rollcall', '/proc/rollcall/data'].map(
      (directory): [string[], Record<string, string>, number, string] => [
        ['migrate'],
        { ROLLCALL_DATA_DIR: directory },
        1,
        `ROLLCALL_DATA_DIR is "${directory}", which cannot be used: ENOENT`,
      ],
    ),
    [['doctor'], { ROLLCALL_DATA_DIR: 'x'.repeat(120) }, 1, 'the path of the data directory has'],
    [
      ['doctor'],
      { DATABASE_URL: 'postgres://localhost:1/none' },
      1,
      'the database of DATABASE_URL cannot be used: connect ECONNREFUSED',
    ],
  ])('%j with %j', async (words, environment, exitCode, complaint) => {
    await using place = new Workplace();
    const outcome = await place.run(words, environment);
    expect(outcome).toMatchObject({ exitCode, printed: '' });
    expect(outcome.complained.startsWith(`rollcall: ${complaint}`)).toBe(true);
    expect(outcome.complained.match(/\n/g)).toHaveLength(1);
  });

  test('a variable that nothing reads is warned of', async () => {
    await using place = new Workplace();
    const outcome = await place.run(['migrate'], { ROLLCALL_PORT: '80' });
    expect(outcome).toMatchObject({ exitCode: 0, printed: expect.stringContaining('The schema is up to date.') });
    expect(outcome.complained).toMatch(/^rollcall: ROLLCALL_PORT is not a variable .*\n$/);
  });
});

test('commands work beside a running server', async () => {
  await using place = new Workplace();
  const { url } = await place.serve(chosen);

  const demo = ['demo', '--sessions', '120', '--seed', 'x'];
  expect((await place.run(demo)).printed).toMatch(/^Added 120 sessions and \d+ users to default \(seed x\)\.\n$/);
  expect((await place.run(demo)).printed).toMatch(/^Nothing to add: default has these 120 sessions already\./);
  const elsewhere = await place.run([...demo, '--organization', 'elsewhere']);
  expect(elsewhere.printed).toMatch(/^Added 120 sessions and \d+ users to elsewhere/);

  const create = ['user', 'create', '--email', 'ada@example.com', '--organization', 'default'];
  const created = await place.run([...create, '--role', 'administrator']);
  expect(created.printed).toMatch(/^Created ada@example.com \(administrator\) in default\.\nPassword: \S{19}\n$/);
  const complained = 'rollcall: default has a user with the e-mail ada@example.com\n';
  expect(await place.run(create)).toEqual({ exitCode: 1, printed: '', complained });
  expect(await place.run(['doctor'])).toMatchObject({ exitCode: 0, complained: '' });

  const [, generated = ''] = /Password: (\S+)/.exec(created.printed) ?? [];
  const body = { email: 'ada@example.com', password: generated, organization: 'default' };
  const { token } = SignedIn.parse(await (await signIn(url, body)).json());
  const statistics = await fetch(`${url}/api/UserRequestStatistics`, { headers: { authorization: `Bearer ${token}` } });
  expect(await statistics.json()).toMatchObject({ totalSessions: 121 });
});

test('a command that comes while the server starts waits until it can run beside it', async () => {
  await using place = new Workplace();
  const starting = place.serve(chosen);
  const files = () => (existsSync(place.data) ? readdirSync(place.data) : []);
  await expect.poll(files, { timeout: 20_000 }).toContainEqual(expect.stringMatching(/^database/));
  expect(await place.run(['doctor'])).toMatchObject({ exitCode: 0, complained: '' });
  await starting;
});

test('commands work alone, and what they did is there when a server starts', async () => {
  await using place = new Workplace();
  const demo = await place.run(['demo', '--sessions', '10', '--organization', 'acme']);
  expect(demo.printed).toMatch(/^Added 10 sessions and \d+ users to acme \(seed 1\)\.\n$/);

  const create = ['user', 'create', '--email', 'bot@example.com', '--service', '--password-stdin'];
  const short = await place.run(create, { input: 'too short\n' });
  expect(short).toMatchObject({ exitCode: 1, complained: expect.stringContaining('at least 12 characters') });
  const created = await place.run(create, { input: 'a password from a pipe\n' });
  expect(created.printed).toBe('Created bot@example.com (member) in acme.\n');

  const { url } = await place.serve();
  const answer = await signIn(url, { email: 'bot@example.com', password: 'a password from a pipe' });
  expect(SignedIn.parse(await answer.json()).session.accountType).toBe('service');
});

test('the doctor finds what somebody else has changed', async () => {
  await using place = new Workplace();
  await place.run(['demo', '--sessions', '10', '--organization', 'acme']);
  const database = await openEmbedded({ directory: place.data });
  await database.asMaintenance('doctor', (tx) => sql`update sessions set search_text = upper(search_text)`.execute(tx));
  await database.close();
  const { exitCode, printed } = await place.run(['doctor']);
  expect(exitCode).toBe(1);
  expect(printed.match(/^wrong {2}the search text of session/gm)).toHaveLength(10);
});

function signIn(url: string, credentials: { email: string; password: string; organization?: string }) {
  return fetch(`${url}/api/Authentication`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ method: 'password', ...credentials }),
  });
}

async function lastUserAgent({ data }: Workplace, requestId: string): Promise<string | undefined> {
  const database = await openEmbedded({ directory: data });
  const row = await database.asMaintenance('doctor', (tx) =>
    tx.selectFrom('sessions').select('last_user_agent').where('request_id', '=', requestId).executeTakeFirst(),
  );
  await database.close();
  return row?.last_user_agent;
}
