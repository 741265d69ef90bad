/** The first program that one reads about, run as a process against the real service. */
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { password } from '../../../apps/server/test/api.ts';
import { failureOf } from './client.ts';
import { openRollcall, type RealRollcall } from './real-rollcall.ts';

const program = fileURLToPath(new URL('../examples/first-program.ts', import.meta.url));
let real: RealRollcall;
let server: Server;
let url = '';

beforeAll(async () => {
  real = await openRollcall();
  server = createServer(real.api.listener()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  url = `http://127.0.0.1:${address.port}`;
  await real.api.createUser(await real.api.createOrganization(), {
    email: 'ada@example.com',
    role: 'administrator',
  });
});
afterAll(async () => {
  server.close();
  server.closeAllConnections();
  await real[Symbol.asyncDispose]();
});

interface Ended {
  readonly exitCode: number | null;
  readonly printed: string;
  readonly complained: string;
}

function runProgram(search: readonly string[], environment: Record<string, string> = {}): Promise<Ended> {
  const { promise, resolve } = Promise.withResolvers<Ended>();
  const env = { PATH: process.env['PATH'], ROLLCALL_URL: url, EMAIL: 'ada@example.com', PASSWORD: password };
  const child = execFile(process.execPath, [program, ...search], { env: { ...env, ...environment } }, (_, out, err) =>
    resolve({ exitCode: child.exitCode, printed: out, complained: err }),
  );
  return promise;
}

test('shows what it finds, and ends it when it is told to, whose owner is signed out', async () => {
  const ada = { email: 'ada@example.com', password };
  const phone = real.client();
  const laptop = real.client();
  await phone.signIn({ ...ada, sessionName: 'Ada’s phone' });
  real.api.pass(1);
  await laptop.signIn({ ...ada, sessionName: 'Ada’s laptop' });

  const shown = await runProgram([]);
  expect(shown).toMatchObject({ exitCode: 0, complained: '' });
  expect(shown.printed).toMatch(
    /^3 active sessions; 1 users so far\nada@example.com: Ada’s phone, from .+\nada@example.com: Ada’s laptop, from .+\n$/,
  );

  const ended = await runProgram(['PHONE', 'end']);
  expect(ended).toMatchObject({ exitCode: 0, complained: '' });
  expect(ended.printed).toMatch(/\nada@example.com: Ada’s phone, from .+\n$/);
  expect(await failureOf(phone.whoAmI())).toMatchObject({ code: 'session-ended', endReason: 'terminated' });
  expect((await laptop.whoAmI()).session.sessionName).toBe('Ada’s laptop');
});

test('says what was wrong, but not the password', async () => {
  const { exitCode, printed, complained } = await runProgram([], { PASSWORD: 'a-wrong-password' });
  expect([exitCode, printed]).toEqual([1, '']);
  expect(complained).toContain("code: 'sign-in-failed'");
  expect(complained).not.toContain('a-wrong-password');
});
