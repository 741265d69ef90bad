/** The first program that one reads about, run as a process against the real service. */
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dispatcher } from '../../../apps/server/src/serving/dispatch.ts';
import { ownOrigin, password } from '../../../apps/server/test/api.ts';
import { failureOf } from './client.ts';
import { openService, type Service } from './real-rollcall.ts';

const program = fileURLToPath(new URL('../examples/first-program.ts', import.meta.url));
let service: Service;
let server: Server;
let url = '';

beforeAll(async () => {
  service = await openService();
  const publicUrl = new URL(ownOrigin);
  server = createServer(dispatcher({ api: service.api.app, console: undefined, publicUrl })).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  url = `http://127.0.0.1:${address.port}`;
  await service.api.createUser(await service.api.createOrganization(), {
    email: 'ada@example.com',
    role: 'administrator',
  });
});
afterAll(async () => {
  server.close();
  server.closeAllConnections();
  await service[Symbol.asyncDispose]();
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

test('tells who is signed in, and ends what it is asked to find, whose owner is signed out', async () => {
  const ada = { email: 'ada@example.com', password };
  const phone = service.client();
  const laptop = service.client();
  await phone.signIn({ ...ada, sessionName: 'Ada’s phone' });
  service.api.pass(1);
  await laptop.signIn({ ...ada, sessionName: 'Ada’s laptop' });

  const told = await runProgram([]);
  expect(told).toMatchObject({ exitCode: 0, complained: '' });
  expect(told.printed).toMatch(/^ada@example.com, Ada’s phone, from .+, active .+\nada@example.com, Ada’s laptop/);

  const ended = await runProgram(['PHONE']);
  expect(ended).toMatchObject({ exitCode: 0, complained: '' });
  expect(ended.printed).toMatch(/^ada@example.com, Ada’s phone, .*\n$/);
  expect(await failureOf(phone.whoAmI())).toMatchObject({ code: 'session-ended', endReason: 'terminated' });
  expect((await laptop.whoAmI()).session.sessionName).toBe('Ada’s laptop');
});

test('says what was wrong, but not the password', async () => {
  const { exitCode, printed, complained } = await runProgram([], { PASSWORD: 'a wrong password' });
  expect([exitCode, printed]).toEqual([1, '']);
  expect(complained).toBe('sign-in-failed: Organization, e-mail or password is wrong.\n');
});
