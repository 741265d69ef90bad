/** The real service in this process, over a database of its own. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbedded } from '../../../apps/server/src/database/embedded/open-embedded.ts';
import { password, TestApi, type TestUser } from '../../../apps/server/test/api.ts';
import { createRollcall, type Rollcall, type RollcallOptions } from '../src/index.ts';

export interface RealRollcall extends AsyncDisposable {
  readonly api: TestApi;
  /** A client that is nobody yet. */
  client(options?: Partial<RollcallOptions>): Rollcall;
}

export async function openRollcall(): Promise<RealRollcall> {
  const directory = await mkdtemp(join(tmpdir(), 'rollcall-sdk-'));
  const database = await openEmbedded({ directory });
  const api = new TestApi(database);
  return {
    api,
    client: (options) =>
      createRollcall({ baseUrl: 'http://rollcall.test', fetch: (request) => api.app.fetch(request), ...options }),
    async [Symbol.asyncDispose]() {
      await database.close();
      await rm(directory, { recursive: true });
    },
  };
}

/** What a user signs in with. */
export function credentialsOf({ email, organization }: TestUser) {
  return { email, password, organization: organization.slug };
}
