/** From an account at the provider to a user of the organization: found, bound or made. */
import { fold } from '@rollcall/core/fold';
import type { Instant } from '@rollcall/core/instant';
import type { SignOnError } from '@rollcall/core/schema/single-sign-on';
import {
  isTrustedWith,
  judgeSignOn,
  type KnownUser,
  roleByGroups,
  type SignOnFacts,
} from '@rollcall/core/single-sign-on';
import type { ManagedUser, Rights } from '@rollcall/core/user-management';
import { type Selectable, sql, type Transaction } from 'kysely';
import { writeAuditEvent } from '../audit/write-audit-event.ts';
import type { Tables, UsersTable } from '../database/tables.ts';
import type { Client } from '../http/client-address.ts';
import { changeUser } from '../users/change-user.ts';
import { createUser, EmailTaken } from '../users/create-user.ts';
import { lockUser } from '../users/lock-user.ts';
import { type ProviderRow, providerOf } from './provider-rows.ts';
import type { SignOn } from './verify-sign-on.ts';

interface Arrival {
  readonly provider: ProviderRow;
  readonly signOn: SignOn;
  readonly client: Client;
  readonly at: Instant;
  readonly newId: () => string;
  /** Hears of sessions whose user may do something else now. */
  readonly changed: (requestId: string) => void;
}

export type Admission =
  | { readonly user: Pick<Selectable<UsersTable>, 'organization_id' | 'user_id' | 'email' | 'account_type'> }
  | { readonly refused: SignOnError; readonly email: string | undefined };

/** In the organization's own transaction, until whose end the user's row is locked. */
export async function admit(tx: Transaction<Tables>, arrival: Arrival): Promise<Admission> {
  const { provider, signOn } = arrival;
  await takeTurn(tx, arrival);
  const found = await findFacts(tx, arrival);
  const verdict = judgeSignOn(providerOf(provider), found.facts);
  if (!verdict.allowed) return { refused: verdict.reason, email: signOn.verifiedEmail ?? found.bound?.email };
  const userId = verdict.as === 'newcomer' ? await join(tx, arrival, verdict.email) : found[verdict.as]?.user_id;
  // They have been invited at this very moment: their e-mail is known by now.
  if (userId === undefined) return await admit(tx, arrival);
  const user = await readUser(tx, provider.organization_id, userId);
  const judged = await judgeRights(tx, arrival, userId);
  if ('refused' in judged) return { ...judged, email: user.email };
  if (verdict.as !== 'bound') await bind(tx, arrival, userId);
  if (judged.change) await changeRole(tx, arrival, { userId, rights: judged.change });
  return { user };
}

// Of two who come in with one account, or one e-mail, at the same time, the second finds what the first has done.
async function takeTurn(tx: Transaction<Tables>, { provider, signOn }: Arrival): Promise<void> {
  const { organization_id: organizationId, issuer } = provider;
  const turns = [`${organizationId} ${issuer} ${signOn.account.subject}`, `${organizationId} ${signOn.verifiedEmail}`];
  for (const turn of turns) await sql`select pg_advisory_xact_lock(hashtextextended(${turn}, 1))`.execute(tx);
}

type FoundUser = Pick<
  Selectable<UsersTable>,
  'user_id' | 'email' | 'role' | 'permissions' | 'account_type' | 'disabled_at' | 'removed_at'
>;

interface Found {
  readonly facts: SignOnFacts;
  readonly bound: FoundUser | undefined;
  readonly 'by-email': FoundUser | undefined;
}

async function findFacts(tx: Transaction<Tables>, { provider, signOn }: Arrival): Promise<Found> {
  const { organization_id: organizationId, issuer } = provider;
  const { verifiedEmail, account } = signOn;
  const users = tx
    .selectFrom('users')
    .select(['user_id', 'email', 'role', 'permissions', 'account_type', 'disabled_at', 'removed_at'])
    .where('organization_id', '=', organizationId);
  const accounts = tx
    .selectFrom('provider_accounts')
    .select(['user_id', 'subject'])
    .where('organization_id', '=', organizationId)
    .where('issuer', '=', issuer);
  const known = await accounts.where('subject', '=', account.subject).executeTakeFirst();
  const bound = known && (await users.where('user_id', '=', known.user_id).executeTakeFirst());
  const byEmail =
    verifiedEmail === undefined
      ? undefined
      : await users.where('email_folded', '=', fold(verifiedEmail)).where('removed_at', 'is', null).executeTakeFirst();
  const other =
    byEmail &&
    (await accounts
      .where('user_id', '=', byEmail.user_id)
      .where('subject', '!=', account.subject)
      .limit(1)
      .executeTakeFirst());
  return {
    facts: {
      bound: bound && knownUser(bound),
      verifiedEmail,
      byEmail: byEmail && { ...knownUser(byEmail), hasOtherAccount: other !== undefined },
    },
    bound,
    'by-email': byEmail,
  };
}

function knownUser({ role, permissions, account_type: accountType, disabled_at, removed_at }: FoundUser): KnownUser {
  return { role, permissions, accountType, isDisabled: disabled_at !== null, isRemoved: removed_at !== null };
}

// Undefined where somebody else has given the e-mail to a user since it was looked for.
async function join(tx: Transaction<Tables>, arrival: Arrival, email: string): Promise<string | undefined> {
  const { provider, client, at, newId } = arrival;
  const person = { userId: newId(), email, accountType: 'person', role: 'member', permissions: [] } as const;
  const ids = { organizationId: provider.organization_id, at, eventId: newId() };
  try {
    await createUser(tx, { ...ids, ...person, hasJoined: true, by: { client } });
    return person.userId;
  } catch (error) {
    if (error instanceof EmailTaken) return undefined;
    throw error;
  }
}

async function bind(tx: Transaction<Tables>, { provider, signOn, client, at, newId }: Arrival, userId: string) {
  const { organization_id: organizationId, issuer } = provider;
  const { subject } = signOn.account;
  await tx
    .insertInto('provider_accounts')
    .values({ organization_id: organizationId, issuer, subject, user_id: userId, bound_at: at })
    // that of somebody who was removed, and invited again
    .onConflict((conflict) =>
      conflict.columns(['organization_id', 'issuer', 'subject']).doUpdateSet({ user_id: userId, bound_at: at }),
    )
    .execute();
  await tx
    .updateTable('users')
    .set({ joined_at: at })
    .where('organization_id', '=', organizationId)
    .where('user_id', '=', userId)
    .where('joined_at', 'is', null)
    .execute();
  const event = { organizationId, eventId: newId(), at, subject: { email: signOn.verifiedEmail }, client };
  const details = { issuer, subject };
  await writeAuditEvent(tx, { ...event, action: 'account-bound', outcome: 'success', details });
}

type Judged = { readonly change: Rights | undefined } | { readonly refused: SignOnError };

async function judgeRights(
  tx: Transaction<Tables>,
  { provider: row, signOn }: Arrival,
  userId: string,
): Promise<Judged> {
  const { organization_id: organizationId } = row;
  const provider = providerOf(row);
  const wanted = roleByGroups(provider, signOn.groups);
  const locked = await lockUser(tx, { organizationId, userId, withAdministrators: wanted === 'member' });
  if (!locked || locked.subject.isDisabled) return { refused: 'disabled' };
  const { subject, hasOtherAdministrator } = locked;
  const stays = wanted === undefined || (wanted === 'member' && isLastAdministrator(subject, hasOtherAdministrator));
  const rights = { role: stays ? subject.role : wanted, permissions: subject.permissions };
  if (!isTrustedWith(provider, rights)) return { refused: 'beyond-provider' };
  return { change: rights.role === subject.role ? undefined : rights };
}

// Whatever the provider's groups say: an organization is not left without one.
function isLastAdministrator({ role }: ManagedUser, hasOtherAdministrator: boolean): boolean {
  return role === 'administrator' && !hasOtherAdministrator;
}

async function changeRole(
  tx: Transaction<Tables>,
  { provider, client, at, newId, changed }: Arrival,
  { userId, rights }: { userId: string; rights: Rights },
): Promise<void> {
  const { organization_id: organizationId } = provider;
  const change = { kind: 'rights', rights } as const;
  const affected = await changeUser(tx, { organizationId, who: { userId }, change, at, newId, by: { client } });
  for (const requestId of affected.changed) changed(requestId);
}

async function readUser(tx: Transaction<Tables>, organizationId: string, userId: string) {
  return await tx
    .selectFrom('users')
    .select(['organization_id', 'user_id', 'email', 'account_type'])
    .where('organization_id', '=', organizationId)
    .where('user_id', '=', userId)
    .executeTakeFirstOrThrow();
}
