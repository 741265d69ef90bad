/** Puts sessions of a demo population, whose users are there, into an organization. */
import { searchableText } from '@rollcall/core/search';
import { sql } from 'kysely';
import type { Work } from '../database/database.ts';
import { nameFromUserAgent } from '../sessions/device-of.ts';
import type { DemoSession } from './population.ts';
import { type Column, unnested } from './unnested.ts';
import type { UserIds } from './write-users.ts';

interface Origin {
  readonly organizationId: string;
  readonly userIds: UserIds;
  /** Salts are not the seed's: who knows it must not know them. */
  readonly random: (bytes: number) => Uint8Array;
}

/** Writes them, and answers how many were not there: what is stays as it is. Made before its transaction begins, which others may have to wait for. */
export function writingOf(batch: readonly DemoSession[], origin: Origin): Work<number> {
  const { names, rows } = unnested(columnsOf(origin, batch.length), batch.map(named));
  const statement = sql`
    insert into sessions (organization_id, ${names})
    select ${origin.organizationId}::uuid, made.* from (${rows}) as made
    on conflict (organization_id, request_id) do nothing
  `;
  return async (tx) => Number((await statement.execute(tx)).numAffectedRows);
}

interface NamedSession extends Omit<DemoSession, 'sessionName'> {
  readonly sessionName: string;
}

function named(session: DemoSession): NamedSession {
  return { ...session, sessionName: session.sessionName ?? nameOf(session.userAgent) };
}

function columnsOf({ userIds, random }: Origin, count: number): Readonly<Record<string, Column<NamedSession>>> {
  const salts = Buffer.from(random(saltBytes * count)).toString('hex');
  return {
    ...ownColumns,
    user_id: { type: 'uuid', of: ({ user }) => known(userIds.get(user)) },
    ended_by_user_id: { type: 'uuid', of: ({ endedBy }) => endedBy && known(userIds.get(endedBy)) },
    token_salt: {
      type: 'bytea',
      of: (_, index) => `\\x${salts.slice(2 * saltBytes * index, 2 * saltBytes * (index + 1))}`,
    },
  };
}

const saltBytes = 32;

const ownColumns: Readonly<Record<string, Column<NamedSession>>> = {
  request_id: { type: 'uuid', of: ({ requestId }) => requestId },
  user_email: { type: 'text', of: ({ user }) => user.email },
  session_name: { type: 'text', of: ({ sessionName }) => sessionName },
  ip_address: { type: 'inet', of: ({ ipAddress }) => ipAddress },
  user_agent: { type: 'text', of: ({ userAgent }) => userAgent },
  last_ip_address: { type: 'inet', of: ({ lastIpAddress }) => lastIpAddress },
  last_user_agent: { type: 'text', of: ({ userAgent }) => userAgent },
  client_type: { type: 'text', of: ({ clientType }) => clientType },
  auth_method: { type: 'text', of: ({ authMethod }) => authMethod },
  account_type: { type: 'text', of: ({ user }) => user.accountType },
  created_at: { type: 'timestamptz', of: ({ createdAt }) => createdAt },
  last_activity: { type: 'timestamptz', of: ({ lastActivity }) => lastActivity },
  ended_at: { type: 'timestamptz', of: ({ endedAt }) => endedAt },
  end_reason: { type: 'text', of: ({ endReason }) => endReason },
  ended_by: { type: 'text', of: ({ endedBy }) => endedBy?.email },
  search_text: {
    type: 'text',
    of: ({ user, ipAddress, sessionName }) => searchableText({ userEmail: user.email, ipAddress, sessionName }),
  },
  token_confirmed_at: { type: 'timestamptz', of: ({ createdAt }) => createdAt },
};

// Understanding a user agent takes longer than all else that a session is made of, and there are a few hundred of them.
const names = new Map<string, string>();

function nameOf(userAgent: string): string {
  const name = names.get(userAgent) ?? nameFromUserAgent(userAgent);
  names.set(userAgent, name);
  return name;
}

function known(userId: string | undefined): string {
  if (userId === undefined) throw new Error('a session’s user must be written before the session');
  return userId;
}
