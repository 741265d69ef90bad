/** Programs that share one session through a file, against the real service, while its tokens rotate. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { toInstant } from '@rollcall/core/instant';
import { parseToken } from '@rollcall/core/token';
import { expect, test } from 'vitest';
import { TestApi } from '../../../apps/server/test/api.ts';
import { ageTokens } from '../../../apps/server/test/application.ts';
import { fileTokenStore } from '../src/file-token-store.ts';
import { credentialsOf, openRollcall } from './real-rollcall.ts';

const program = fileURLToPath(new URL('sharing-program.ts', import.meta.url));

test('three programs and their parallel requests go through any number of rotations', async () => {
  await using made = new AsyncDisposableStack();
  const real = made.use(await openRollcall());
  const api = new TestApi(real.api.database, { clock: () => toInstant(Date.now()) });
  const server = createServer(api.listener()).listen(0, '127.0.0.1');
  made.defer(() => {
    server.close();
    server.closeAllConnections();
  });
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  const directory = await mkdtemp(join(tmpdir(), 'rollcall-shared-'));
  made.defer(() => rm(directory, { recursive: true }));

  const user = await api.createUser(await api.createOrganization());
  const tokens = fileTokenStore(join(directory, 'token'));
  await real.client({ fetch: (request) => api.app.fetch(request), tokens }).signIn(credentialsOf(user));
  const programs = Array.from({ length: 3 }, () =>
    made.adopt(
      spawn(process.execPath, [program, `http://127.0.0.1:${address.port}`, join(directory, 'token')], {
        stdio: ['pipe', 'pipe', 'inherit'],
      }),
      ended,
    ),
  );
  const answers = programs.map(({ stdout }) => createInterface({ input: stdout })[Symbol.asyncIterator]());

  for (let number = 1; number <= 4; number += 1) {
    expect(parseToken((await tokens.read()) ?? '')).toMatchObject({ number });
    // Confirmed by whoever comes first; then old enough for the next one.
    await ask();
    await ageTokens(api, user.organization.organizationId, 303);
    await ask();
  }

  async function ask(): Promise<void> {
    for (const { stdin } of programs) stdin.write('\n');
    for (const lines of answers) {
      const { value } = await lines.next();
      expect(JSON.parse(value ?? 'null')).toEqual(Array.from({ length: 10 }, () => user.email));
    }
  }
});

async function ended(child: ChildProcess): Promise<void> {
  const exit = once(child, 'exit');
  child.kill();
  await exit;
}
