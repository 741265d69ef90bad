/** One attempt to sign in: judged, counted and recorded. */
import { fold } from '@rollcall/core/fold';
import type { Instant } from '@rollcall/core/instant';
import type { ProblemCode } from '@rollcall/core/problem';
import type { ClientType } from '@rollcall/core/schema/session';
import type { Selectable, Transaction } from 'kysely';
import { v5 } from 'uuid';
import { writeAuditEvent } from '../audit/write-audit-event.ts';
import type { Context } from '../context.ts';
import type { Tables, UsersTable } from '../database/tables.ts';
import type { Client } from '../http/client-address.ts';
import { type BegunSession, beginSession } from './begin-session.ts';
import {
  type Attempt,
  type Block,
  countFailure,
  findBlock,
  forgetFailures,
  sourceOf,
  takeTurn,
} from './sign-in-limit.ts';

export interface SignInRequest {
  /** Undefined when nobody has an organization of that name: then it fails, as slowly as any other. */
  readonly organizationId: string | undefined;
  /** The organization as it was named; empty when it was not, because there is exactly one. */
  readonly organizationName: string;
  readonly email: string;
  readonly password: string;
  readonly sessionName: string;
  readonly clientType: ClientType;
  readonly client: Client;
  readonly at: Instant;
}

export type SignInOutcome =
  | ({ readonly kind: 'signed-in' } & BegunSession)
  | { readonly kind: 'failed' }
  | { readonly kind: 'blocked'; readonly retryAfterSeconds: number };

type Needs = Pick<
  Context,
  'addressLimit' | 'announcements' | 'database' | 'passwords' | 'newId' | 'random' | 'signInLimit' | 'timeouts'
>;

type KnownUser = Pick<
  Selectable<UsersTable>,
  'organization_id' | 'user_id' | 'email' | 'account_type' | 'password_hash' | 'disabled_at'
>;

// Guesses at organizations that do not exist are counted too, for each name apart: a block that they shared would tell their names from real ones.
const nobodys = '4b1f0d5e-2a57-4c83-9d0e-6f3c8a7b1e92';

/** The right password is not accepted either while the account, the address or both have failed too often. */
export async function attemptSignIn(context: Needs, request: SignInRequest): Promise<SignInOutcome> {
  const { addressLimit } = context;
  const attempt = attemptOf(context, request);
  const retryAfterSeconds = addressLimit.begin(attempt.source, request.at);
  if (retryAfterSeconds !== undefined) return { kind: 'blocked', retryAfterSeconds };
  let hasFailed = false;
  try {
    const outcome = await judge(context, request, attempt);
    hasFailed = outcome.kind === 'failed';
    return outcome;
  } finally {
    if (!hasFailed) addressLimit.forgive(attempt.source);
  }
}

async function judge(context: Needs, request: SignInRequest, attempt: Attempt): Promise<SignInOutcome> {
  const { announcements, database, passwords } = context;
  const before = await database.inOrganization(attempt.organizationId, async (tx) => ({
    blocked: await refuseBlocked(tx, context, { attempt, request }),
    user: await findUser(tx, attempt),
  }));
  if (before.blocked) return before.blocked;
  const isRight = await passwords.verify(request.password, before.user?.password_hash);
  const user = isRight ? before.user : undefined;

  const { result } = await announcements.change<SignInOutcome>(attempt.organizationId, async (tx, changed) => {
    await takeTurn(tx, attempt);
    // Guesses made in parallel have been counted since.
    const blocked = await refuseBlocked(tx, context, { attempt, request });
    if (blocked) return blocked;
    if (!user || !(await isStillGood(tx, user))) {
      await countFailure(tx, attempt);
      await recordRefusal(tx, context, { request, reason: 'sign-in-failed' });
      return { kind: 'failed' };
    }
    await forgetFailures(tx, attempt);
    const { sessionName, clientType, at } = request;
    const begun = { user, sessionName, clientType, client: request.client, at, authMethod: 'password' as const };
    return { kind: 'signed-in', ...(await beginSession(tx, context, begun, changed)) };
  });
  return result;
}

function attemptOf({ signInLimit }: Needs, request: SignInRequest): Attempt {
  const { organizationId, organizationName, email, client, at } = request;
  return {
    organizationId: organizationId ?? v5(organizationName, nobodys),
    emailFolded: fold(email),
    source: sourceOf(client.ipAddress),
    at,
    limit: signInLimit,
  };
}

async function refuseBlocked(
  tx: Transaction<Tables>,
  context: Needs,
  { attempt, request }: { attempt: Attempt; request: SignInRequest },
): Promise<Extract<SignInOutcome, { kind: 'blocked' }> | undefined> {
  const block: Block | undefined = await findBlock(tx, attempt);
  if (!block) return undefined;
  if (block.isNew) await recordRefusal(tx, context, { request, reason: 'too-many-attempts' });
  return { kind: 'blocked', retryAfterSeconds: block.retryAfterSeconds };
}

async function findUser(tx: Transaction<Tables>, attempt: Attempt): Promise<KnownUser | undefined> {
  return await tx
    .selectFrom('users')
    .select(['organization_id', 'user_id', 'email', 'account_type', 'password_hash', 'disabled_at'])
    .where('organization_id', '=', attempt.organizationId)
    .where('email_folded', '=', attempt.emailFolded)
    .executeTakeFirst();
}

// The password may have been changed, or the user disabled, while it was being checked.
async function isStillGood(tx: Transaction<Tables>, user: KnownUser): Promise<boolean> {
  const found = await tx
    .selectFrom('users')
    .select('user_id')
    .where('organization_id', '=', user.organization_id)
    .where('user_id', '=', user.user_id)
    .where('password_hash', '=', user.password_hash)
    .where('disabled_at', 'is', null)
    // of two sign-ins of one user at a time, the second counts the session of the first
    .forNoKeyUpdate()
    .executeTakeFirst();
  return found !== undefined;
}

async function recordRefusal(
  tx: Transaction<Tables>,
  { newId }: Needs,
  { request, reason }: { request: SignInRequest; reason: ProblemCode },
): Promise<void> {
  const { organizationId, email, client, at } = request;
  // No organization, no audit trail that anybody could read.
  if (organizationId === undefined) return;
  const event = { organizationId, eventId: newId(), at, subject: { email }, client };
  await writeAuditEvent(tx, { ...event, action: 'sign-in', outcome: 'refused', reason });
}
