import { describe, expect, test } from 'vitest';
import { problemOf, TestApi } from '../../test/api.ts';
import { ENGINES } from '../../test/engines.ts';
import { relayTo } from '../../test/relay.ts';
import { openTestDatabase } from '../../test/test-database.ts';
import { openPostgresql } from '../database/postgresql/open-postgresql.ts';

describe.runIf(ENGINES.includes('postgresql'))('while the database is silent', () => {
  test('everybody is told so in time, by one question to it, until it speaks again', async () => {
    await using made = new AsyncDisposableStack();
    const { options, destroy } = await openTestDatabase('postgresql');
    made.defer(destroy);
    const relay = made.use(await relayTo('url' in options ? options.url : ''));
    const opened = await openPostgresql({ url: relay.url });
    made.defer(() => opened.close());
    let questions = 0;
    const database = {
      ...opened,
      ping() {
        questions += 1;
        return opened.ping();
      },
    };
    const api = new TestApi(database, { databasePatienceMs: 50 });
    const ready = () => api.request('/health/ready');
    expect((await ready()).status).toBe(200);

    relay.holdBack();
    questions = 0;
    for (const answer of [...(await Promise.all([ready(), ready(), ready()])), await ready()]) {
      expect(await problemOf(answer)).toMatchObject({ code: 'unavailable', status: 503 });
    }
    expect(questions).toBe(1);
    // not the driver's own time-out, which is for statements that do work
    expect(api.logged.filter((line) => line.includes('the database has not answered for 50 ms'))).toHaveLength(4);
    expect((await api.request('/health/live')).status).toBe(200);

    relay.letThrough();
    await expect.poll(async () => (await ready()).status).toBe(200);
  });
});
