/** Puts a demo population into an organization, in portions between which others have their turn at the database. */
import { fold } from '@rollcall/core/fold';
import { toInstant } from '@rollcall/core/instant';
import { searchableText } from '@rollcall/core/search';
import { type Insertable, sql, type Transaction } from 'kysely';
import type { Database, Work } from '../database/database.ts';
import type { SessionsTable, Tables, UsersTable } from '../database/tables.ts';
import { nameFromUserAgent } from '../sessions/device-of.ts';
import { uuidOf } from './dice.ts';
import type { DemoUser } from './people.ts';
import { type DemoSession, demoSessionsBySignIn, type Population } from './population.ts';

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
  const portions = portionsOf(demoSessionsBySignIn(population, count));
  const progress = { to, userIds: new Map<DemoUser, string>() };
  // the first to fail ends the portions, and with them the others
  const writers = await Promise.allSettled(Array.from({ length: atOnce }, () => writeEach(portions, progress)));
  const written = { users: 0, sessions: 0 };
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
  /** Whoever is in the database. */
  readonly userIds: Map<DemoUser, string>;
}

// Portions that are shared with others: the next is made while the database still writes theirs.
async function writeEach(portions: Iterable<DemoSession[]>, progress: Progress): Promise<Written> {
  const { to, userIds } = progress;
  let users = 0;
  let sessions = 0;
  for (const batch of portions) {
    const strangers = strangersIn(batch, userIds);
    const newUsers = await inDestination(to, (tx) => writeUsers(tx, strangers, progress));
    const newSessions = await inDestination(to, async (tx) => {
      // the plan by which a foreign key is checked was made when there were few users: kept, it takes five times as long
      await sql`discard plans`.execute(tx);
      await sql`set local synchronous_commit = off`.execute(tx);
      return await writeSessions(tx, batch, progress);
    });
    users += newUsers;
    sessions += newSessions;
  }
  return { users, sessions };
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

// In the order of their e-mails: of two who write the same ones at once, neither holds one that the other waits for.
function strangersIn(batch: readonly DemoSession[], userIds: ReadonlyMap<DemoUser, string>): DemoUser[] {
  const everybody = batch.flatMap(({ user, endedBy }) => (endedBy ? [user, endedBy] : [user]));
  const strangers = [...new Set(everybody)].filter((user) => !userIds.has(user));
  return strangers.sort((one, other) => (one.email < other.email ? -1 : 1));
}

// Somebody with such an e-mail may be there, under an id of their own.
async function writeUsers(tx: Transaction<Tables>, strangers: DemoUser[], { to, userIds }: Progress): Promise<number> {
  if (strangers.length === 0) return 0;
  const { organizationId } = to;
  const inserted = await tx
    .insertInto('users')
    .values(strangers.map((user) => userRow(user, organizationId)))
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  const present = await tx
    .selectFrom('users')
    .select(['user_id', 'email_folded'])
    .where('organization_id', '=', organizationId)
    .where(
      'email_folded',
      'in',
      strangers.map(({ email }) => fold(email)),
    )
    .execute();
  const idByEmail = new Map(present.map(({ email_folded, user_id }) => [email_folded, user_id]));
  for (const user of strangers) userIds.set(user, known(idByEmail.get(fold(user.email))));
  return Number(inserted.numInsertedOrUpdatedRows);
}

// Rows as one JSON document: four times as fast as a statement with a parameter for each of their values.
async function writeSessions(tx: Transaction<Tables>, batch: DemoSession[], progress: Progress): Promise<number> {
  const rows = batch.map((session) => sessionRow(session, progress));
  const columns = sql.join(Object.keys(rows[0] ?? {}).map((column) => sql.ref(column)));
  const inserted = await sql`
    insert into sessions (${columns})
    select ${columns} from json_populate_recordset(null::sessions, ${JSON.stringify(rows.map(asJson))})
    on conflict (organization_id, request_id) do nothing
  `.execute(tx);
  return Number(inserted.numAffectedRows);
}

function asJson(row: Insertable<SessionsTable>) {
  return { ...row, token_salt: `\\x${row.token_salt.toString('hex')}` };
}

function userRow(user: DemoUser, organizationId: string): Insertable<UsersTable> {
  return {
    organization_id: organizationId,
    user_id: uuidOf(organizationId, user.email),
    email: user.email,
    email_folded: fold(user.email),
    account_type: user.accountType,
    role: user.role,
    created_at: toInstant(user.createdAt),
    joined_at: toInstant(user.createdAt),
    disabled_at: user.disabledAt === undefined ? null : toInstant(user.disabledAt),
  };
}

function sessionRow(session: DemoSession, { to, userIds }: Progress): Insertable<SessionsTable> {
  const { user, ipAddress, userAgent, createdAt, lastActivity, endedBy } = session;
  const sessionName = session.sessionName ?? nameFromUserAgent(userAgent);
  return {
    organization_id: to.organizationId,
    request_id: session.requestId,
    user_id: known(userIds.get(user)),
    user_email: user.email,
    session_name: sessionName,
    ip_address: ipAddress,
    user_agent: userAgent,
    last_ip_address: session.lastIpAddress,
    last_user_agent: userAgent,
    client_type: session.clientType,
    auth_method: session.authMethod,
    account_type: user.accountType,
    created_at: createdAt,
    last_activity: lastActivity,
    ended_at: session.endedAt ?? null,
    end_reason: session.endReason ?? null,
    ended_by_user_id: endedBy ? known(userIds.get(endedBy)) : null,
    ended_by: endedBy?.email ?? null,
    search_text: searchableText({ userEmail: user.email, ipAddress, sessionName }),
    token_salt: Buffer.from(to.random(32)),
    token_confirmed_at: createdAt,
  };
}

function known(userId: string | undefined): string {
  if (userId === undefined) throw new Error('a session’s user must be written before the session');
  return userId;
}
