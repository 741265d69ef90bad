/** The real service behind a real socket, whose database and network can be taken away and given back; one organization. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { toInstant } from '@rollcall/core/instant';
import type { Database } from '../../../apps/server/src/database/database.ts';
import { DatabaseUnavailable } from '../../../apps/server/src/database/unavailable.ts';
import { password, TestApi, type TestUser } from '../../../apps/server/test/api.ts';
import { ageTokens } from '../../../apps/server/test/application.ts';
import type { Rollcall } from '../src/index.ts';
import { credentialsOf, openRollcall } from './real-rollcall.ts';

interface Trouble {
  now: 'none' | 'no database' | 'no network';
}

export interface BreakableRollcall extends AsyncDisposable {
  readonly api: TestApi;
  readonly url: string;
  readonly trouble: Trouble;
  /** An administrator, signed in. */
  readonly administrator: Rollcall;
  createUser(about?: Parameters<TestApi['createUser']>[1]): Promise<TestUser>;
  /** As if so many seconds had passed since the tokens of all sessions were confirmed. */
  age(seconds: number): Promise<void>;
}

export async function openBreakableRollcall(): Promise<BreakableRollcall> {
  await using opened = new AsyncDisposableStack();
  const real = opened.use(await openRollcall());
  const trouble: Trouble = { now: 'none' };
  const clock = () => toInstant(Date.now());
  const api = new TestApi(breakable(real.api.database, trouble), { clock });
  const server = opened.use(await listen(api, trouble));
  const organization = await api.createOrganization();
  const administrator = real.client({ fetch: (request) => api.app.fetch(request) });
  await administrator.signIn(credentialsOf(await api.createUser(organization, { role: 'administrator' })));
  const open = opened.move();
  return {
    api,
    url: server.url,
    trouble,
    administrator,
    createUser: (about) => api.createUser(organization, about),
    age: (seconds) => ageTokens(api, organization.organizationId, seconds),
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  };
}

/** What an example needs to sign in as this user. */
export function environmentOf({ url }: BreakableRollcall, { email }: TestUser): Record<string, string> {
  return { ROLLCALL_URL: url, EMAIL: email, PASSWORD: password };
}

function breakable(database: Database, trouble: Trouble): Database {
  const isDown = () => trouble.now === 'no database';
  const down = () => Promise.reject<never>(new DatabaseUnavailable('down'));
  return {
    ...database,
    inOrganization: (...given) => (isDown() ? down() : database.inOrganization(...given)),
    readSessionByKey: (...given) => (isDown() ? down() : database.readSessionByKey(...given)),
  };
}

async function listen(api: TestApi, trouble: Trouble): Promise<AsyncDisposable & { readonly url: string }> {
  const answer = api.listener();
  const server = createServer((request, response) => {
    if (trouble.now === 'no network') request.socket.destroy();
    else answer(request, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return {
    url: `http://127.0.0.1:${address.port}`,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
