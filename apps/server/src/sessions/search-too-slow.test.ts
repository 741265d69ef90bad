import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { problemOf, type SignedInUser, TestApi } from '../../test/api.ts';
import { ENGINES } from '../../test/engines.ts';
import { runOn } from '../../test/postgresql-cluster.ts';
import { openTestDatabase, type TestDatabase } from '../../test/test-database.ts';
import type { Database } from '../database/database.ts';
import { openPostgresql } from '../database/postgresql/open-postgresql.ts';

// PGlite has no statement_timeout.
describe.runIf(ENGINES.includes('postgresql'))('a search that runs into the statement time-out', () => {
  let opened: TestDatabase;
  let impatient: Database;
  let api: TestApi;
  let administrator: SignedInUser;

  beforeAll(async () => {
    opened = await openTestDatabase('postgresql');
    if (!('url' in opened.options)) throw new Error('PostgreSQL has an address');
    await slowDownSearches(opened.options.url);
    impatient = await openPostgresql({ ...opened.options, statementTimeoutMs: 1500 });
    api = new TestApi(impatient);
    const { organization, ...signedIn } = await api.administrator();
    administrator = signedIn;
    // one more, because nobody ends their own by a search
    await api.signIn(await api.createUser(organization));
  });
  afterAll(async () => {
    await impatient.close();
    await opened.destroy();
  });

  const json = { 'content-type': 'application/json' };
  const mark = { at: '2026-11-23T09:42:19.000Z', count: 1 };

  test.each([
    ['the list', '/api/UserRequests?search=example+-zzz', {}],
    ['the export', '/api/UserRequestExport?search=example', {}],
    ['the preview of a termination', '/api/UserRequestTermination?search=example', {}],
    [
      'a termination',
      '/api/UserRequestTermination',
      { method: 'POST', headers: json, body: JSON.stringify({ search: 'example', mark }) },
    ],
  ])('is told as such by %s, and whatever comes next is answered', async (_, path, init) => {
    const { token } = administrator;
    const answer = await api.request(path, { ...init, token });
    expect(await problemOf(answer)).toMatchObject({ status: 422, code: 'search-too-slow' });
    expect((await api.request('/api/UserRequests', { token })).status).toBe(200);
  });
});

/** As if there were more sessions than the text of any could be looked at in time. */
async function slowDownSearches(url: string): Promise<void> {
  await runOn(
    url,
    `create function takes_its_time() returns boolean language plpgsql as $$ begin
       if current_query() like any(array['%strpos(%', '%people_with_text(%']) then perform pg_sleep(60); end if;
       return true;
     end $$;
     create policy slow on sessions as restrictive for select to rollcall_service using (takes_its_time())`,
  );
}
