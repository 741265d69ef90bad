/** Puts those who appear in a demo population into an organization. */
import { fold } from '@rollcall/core/fold';
import { toInstant } from '@rollcall/core/instant';
import { sql, type Transaction } from 'kysely';
import type { Tables } from '../database/tables.ts';
import { uuidOf } from './dice.ts';
import type { DemoUser } from './people.ts';
import { type Column, unnested } from './unnested.ts';

/** Whoever is in the database. */
export type UserIds = Map<DemoUser, string>;

/** Somebody with such an e-mail may be there, under an id of their own. Answers how many were not. */
export async function writeUsers(
  tx: Transaction<Tables>,
  strangers: readonly DemoUser[],
  { organizationId, userIds }: { organizationId: string; userIds: UserIds },
): Promise<number> {
  if (strangers.length === 0) return 0;
  // In the order of their e-mails: of two who write the same ones at once, neither holds one that the other waits for.
  const inOrder = strangers.map((user) => ({ ...user, folded: fold(user.email), organizationId, user })).sort(byEmail);
  const { names, rows } = unnested(columns, inOrder);
  const inserted = await sql`insert into users (${names}) ${rows} on conflict do nothing`.execute(tx);
  const present = await tx
    .selectFrom('users')
    .select(['user_id', 'email_folded'])
    .where('organization_id', '=', organizationId)
    .where('email_folded', '=', sql<string>`any(${inOrder.map(({ folded }) => folded)}::text[])`)
    .execute();
  const idByEmail = new Map(present.map(({ email_folded, user_id }) => [email_folded, user_id]));
  for (const { user, folded } of inOrder) {
    const userId = idByEmail.get(folded);
    if (userId !== undefined) userIds.set(user, userId);
  }
  return Number(inserted.numAffectedRows);
}

interface Stranger extends DemoUser {
  readonly user: DemoUser;
  readonly folded: string;
  readonly organizationId: string;
}

function byEmail(one: Stranger, other: Stranger): number {
  return one.folded < other.folded ? -1 : 1;
}

const columns: Readonly<Record<string, Column<Stranger>>> = {
  organization_id: { type: 'uuid', of: ({ organizationId }) => organizationId },
  user_id: { type: 'uuid', of: ({ organizationId, email }) => uuidOf(organizationId, email) },
  email: { type: 'text', of: ({ email }) => email },
  email_folded: { type: 'text', of: ({ folded }) => folded },
  account_type: { type: 'text', of: ({ accountType }) => accountType },
  role: { type: 'text', of: ({ role }) => role },
  created_at: { type: 'timestamptz', of: ({ createdAt }) => toInstant(createdAt) },
  joined_at: { type: 'timestamptz', of: ({ createdAt }) => toInstant(createdAt) },
  disabled_at: {
    type: 'timestamptz',
    of: ({ disabledAt }) => (disabledAt === undefined ? null : toInstant(disabledAt)),
  },
};
