/** Puts a demo population into an organization, in portions between which others have their turn at the database. */
import { sql, type Transaction } from 'kysely';
import type { Database, Work } from '../database/database.ts';
import type { Tables } from '../database/tables.ts';
import type { DemoUser } from './people.ts';
import { type DemoSession, type Population, signInsOf } from './population.ts';
import { writingOf } from './write-sessions.ts';
import { type UserIds, writeUsers } from './write-users.ts';

export interface Destination {
  readonly database: Database;
  readonly organizationId: string;
  /** Salts are not the seed's: who knows it must not know them. */
  readonly random: (bytes: number) => Uint8Array;
}

export interface Written {
  readonly users: number;
  readonly sessions: number;
}

const portion = 2000;
const atOnce = 3;

/** What is there already stays as it is. Answers how many were added. */
export async function writePopulation(population: Population, count: number, to: Destination): Promise<Written> {
  const { users, sessions } = signInsOf(population, count);
  const progress = { to, userIds: new Map() };
  let usersWritten = 0;
  for (const strangers of portionsOf(users)) usersWritten += await write(strangers, progress);
  const portions = portionsOf(sessions);
  // the first to fail ends the portions, and with them the others
  const writers = await Promise.allSettled(Array.from({ length: atOnce }, () => writeEach(portions, progress)));
  const written = { users: usersWritten, sessions: 0 };
  for (const writer of writers) {
    if (writer.status === 'rejected') throw writer.reason;
    written.users += writer.value.users;
    written.sessions += writer.value.sessions;
  }
  await makeDurable(to);
  return written;
}

interface Progress {
  readonly to: Destination;
  readonly userIds: UserIds;
}

// Portions that are shared with others: the next is made while the database still writes theirs.
async function writeEach(portions: Iterable<DemoSession[]>, progress: Progress): Promise<Written> {
  const { to, userIds } = progress;
  let users = 0;
  let sessions = 0;
  let isFirst = true;
  for (const batch of portions) {
    users += await write(endersIn(batch, userIds), progress);
    const writeSessions = writingOf(batch, { ...to, userIds });
    sessions += await inDestination(to, async (tx) => {
      // the plan by which a foreign key is checked may have been made when there were few users: kept, it takes five times as long
      if (isFirst) await sql`discard plans`.execute(tx);
      isFirst = false;
      await waitForNoDisk(tx);
      return await writeSessions(tx);
    });
  }
  return { users, sessions };
}

async function write(users: DemoUser[], { to, userIds }: Progress): Promise<number> {
  if (users.length === 0) return 0;
  return await inDestination(to, async (tx) => {
    await waitForNoDisk(tx);
    return await writeUsers(tx, users, { ...to, userIds });
  });
}

async function waitForNoDisk(tx: Transaction<Tables>): Promise<void> {
  await sql`set local synchronous_commit = off`.execute(tx);
}

// Portions are not waited for until the disk has them: this commit, which has an id and so is written, is waited for, and all that came before it.
async function makeDurable(to: Destination): Promise<void> {
  await inDestination(to, (tx) => sql`select pg_current_xact_id()`.execute(tx));
}

function inDestination<T>({ database, organizationId }: Destination, work: Work<T>): Promise<T> {
  return database.inOrganization(organizationId, work);
}

function* portionsOf<T>(all: Iterable<T>): Generator<T[], void, void> {
  let batch: T[] = [];
  for (const one of all) {
    batch.push(one);
    if (batch.length === portion) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}

// Who ends other people's sessions need not have one of their own.
function endersIn(batch: readonly DemoSession[], userIds: UserIds): DemoUser[] {
  const enders = batch.flatMap(({ endedBy }) => (endedBy === undefined || userIds.has(endedBy) ? [] : [endedBy]));
  return [...new Set(enders)];
}
