import { randomBytes } from 'node:crypto';
import { type Instant, toInstant } from '@rollcall/core/instant';
import { searchableText } from '@rollcall/core/search';
import { sql } from 'kysely';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { onEachEngine, timeouts } from '../../test/api.ts';
import { ENGINES } from '../../test/engines.ts';
import { copySession, seedSession } from '../../test/seed.ts';
import { openTestDatabase, type TestDatabase } from '../../test/test-database.ts';
import { passwordsWith } from '../authentication/passwords.ts';
import type { Database } from '../database/database.ts';
import { announceHere } from '../registry/announcements.ts';
import { doctor } from './doctor.ts';

onEachEngine((current) => {
  test('finds nothing where nothing is wrong', async () => {
    const { database } = current();
    await current().administrator();
    const { exitCode, lines } = await examine(database);
    expect(exitCode).toBe(0);
    expect(lines).toHaveLength(11);
    expect(lines.filter((line) => !line.startsWith('ok     '))).toEqual([]);
  });

  test('finds a search text and an e-mail that are not folded as today', async () => {
    const { database } = current();
    const { session, user } = await current().administrator();
    const text = searchableText(session);
    await database.asMaintenance('doctor', async (tx) => {
      await sql`update sessions set search_text = 'ADA' where request_id = ${session.requestId}`.execute(tx);
      await sql`update users set email_folded = 'ADA' where user_id = ${user.userId}`.execute(tx);
    });
    const { exitCode, wrong } = await examine(database);
    expect(exitCode).toBe(1);
    const expected = [
      `wrong  the e-mail of user ${user.userId} is kept as "ADA"`,
      `wrong  the search text of session ${session.requestId} is "ADA"`,
      `wrong  user ${user.userId}: 0 sessions are found by the text ${JSON.stringify(text)}, kept as 1`,
      `wrong  user ${user.userId}: 1 sessions are found by the text "ADA", kept as 0`,
    ];
    expect(new Set(wrong)).toEqual(new Set(expected));
    await forget(database);
  });

  test('looks at all sessions, however many, and shows the first few that are wrong', async () => {
    const { database } = current();
    const { session } = await current().administrator();
    await database.asMaintenance('doctor', (tx) =>
      copySession(tx, { request_id: session.requestId, count: 4500, numbered: 'search_text' }),
    );
    const { wrong } = await examine(database);
    expect(wrong).toHaveLength(11);
    expect(wrong.at(-1)).toBe('wrong  … and 4490 more like these');
    await forget(database);
  });

  test.each([
    [10_000, 'ahead of'],
    [-10_000, 'behind'],
  ])('finds a clock that is %i ms off', async (off, where) => {
    const { exitCode, wrong } = await examine(current().database, () => toInstant(Date.now() + off));
    expect(exitCode).toBe(1);
    expect(wrong).toHaveLength(1);
    expect(wrong[0]).toMatch(new RegExp(`^wrong  this machine is (?:9|10)\\d{3} ms ${where} the database$`));
  });
});

// What only the owner of the tables can spoil.
describe.runIf(ENGINES.includes('postgresql'))('a spoiled schema', () => {
  let opened: TestDatabase;
  beforeEach(async () => {
    opened = await openTestDatabase('postgresql');
  });
  afterEach(() => opened.destroy());

  test.each([
    ['alter table sessions no force row level security', 'row-level security is not forced on the table sessions'],
    ['alter table users disable row level security', 'row-level security is not forced on the table users'],
    [
      'create table notes (organization_id uuid); grant select on notes to rollcall_service',
      'row-level security is not forced on the table notes',
    ],
    ['delete from migrations', 'migration organizations-users-sessions is not applied'],
    [`insert into migrations values (99, 'later', '')`, 'migration later is unknown to this version'],
    ['alter table audit_events owner to rollcall_service', 'the role rollcall_service owns tables'],
  ])('%s: %s', async (statement, difference) => {
    const { options, database } = opened;
    const owner = new pg.Client('url' in options ? options.url : '');
    await owner.connect();
    await owner.query(statement);
    await owner.end();
    const { exitCode, wrong } = await examine(database);
    expect(exitCode).toBe(1);
    expect(wrong).toContain(`wrong  ${difference}`);
  });

  test('a session without its user', async () => {
    const { options, database } = opened;
    const owner = new pg.Client('url' in options ? options.url : '');
    await owner.connect();
    await owner.query('alter table sessions drop constraint sessions_organization_id_user_id_fkey');
    await owner.query('alter table api_keys drop constraint api_keys_organization_id_user_id_fkey');
    await owner.query('alter table provider_accounts drop constraint provider_accounts_organization_id_user_id_fkey');
    await owner.end();
    const { request_id } = await seedSession(database);
    await database.asMaintenance('doctor', (tx) => tx.deleteFrom('users').execute());
    expect((await examine(database)).wrong).toEqual([`wrong  session ${request_id} has no user`]);
  });
});

async function examine(database: Database, clock: () => Instant = () => toInstant(Date.now())) {
  const lines: string[] = [];
  const exitCode = await doctor.prepare({}).run({
    database,
    announcements: announceHere({ database, registry: { forget() {} }, monotonic: () => 0 }),
    clock,
    timeouts,
    passwords: passwordsWith(randomBytes),
    random: randomBytes,
    input: '',
    print: (line) => void lines.push(line),
  });
  return { exitCode, lines, wrong: lines.filter((line) => line.startsWith('wrong')) };
}

async function forget(database: Database): Promise<void> {
  await database.asMaintenance('doctor', async (tx) => {
    await tx.deleteFrom('sessions').execute();
    await tx.deleteFrom('users').execute();
    await sql`delete from session_texts`.execute(tx);
  });
}
