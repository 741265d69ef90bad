/** How often signing in may fail within a minute: for an account from one address, for an address, and for an account over all addresses. */
import { type Instant, toInstant, toMilliseconds } from '@rollcall/core/instant';
import ipaddr from 'ipaddr.js';
import { sql, type Transaction } from 'kysely';
import type { Tables } from '../database/tables.ts';

const windowMilliseconds = 60_000;
// An address may stand for a whole office, and an account is used from several.
const addressFactor = 20;
const accountFactor = 10;

export interface Attempt {
  readonly organizationId: string;
  readonly emailFolded: string;
  /** See {@link sourceOf}. */
  readonly source: string;
  readonly at: Instant;
  /** Failures a minute for an account from one address. */
  readonly limit: number;
}

/** Why an attempt may not be made, and for how long. */
export interface Block {
  readonly retryAfterSeconds: number;
  /** Whether this is the first attempt that it refuses; only that one is worth recording. */
  readonly isNew: boolean;
}

/** Where attempts count as coming from: an IPv4 address, or the /64 of an IPv6 address, in which one subscriber has all addresses (RFC 6177). */
export function sourceOf(ipAddress: string): string {
  return ipAddress.includes(':') ? `${ipaddr.IPv6.networkAddressFromCIDR(`${ipAddress}/64`).toString()}/64` : ipAddress;
}

/** Undefined when the attempt may be made. */
export async function findBlock(tx: Transaction<Tables>, attempt: Attempt): Promise<Block | undefined> {
  const since = await blockedSince(tx, attempt);
  if (since === undefined) return undefined;
  const remaining = toMilliseconds(since) + windowMilliseconds - toMilliseconds(attempt.at);
  return { retryAfterSeconds: Math.max(1, Math.ceil(remaining / 1000)), isNew: await markRefused(tx, attempt) };
}

/** Until the transaction ends, nobody else concludes an attempt on this account from this address: parallel guesses are counted one by one. */
export async function takeTurn(tx: Transaction<Tables>, attempt: Attempt): Promise<void> {
  const pair = `${attempt.organizationId} ${attempt.emailFolded} ${attempt.source}`;
  await sql`select pg_advisory_xact_lock(hashtextextended(${pair}, 0))`.execute(tx);
}

/** The failure that reaches the limit begins the minute anew, so that a block lasts a whole one. */
export async function countFailure(tx: Transaction<Tables>, attempt: Attempt): Promise<void> {
  const { organizationId, emailFolded, source, at, limit } = attempt;
  await sql`
    insert into sign_in_failures as known (organization_id, email_folded, ip_address, window_started_at, failures)
    values (${organizationId}, ${emailFolded}, ${source}, ${at}, 1)
    on conflict (organization_id, email_folded, ip_address) do update set
      failures = case when known.window_started_at > ${windowStart(attempt)} then known.failures + 1 else 1 end,
      window_started_at = case
        when known.window_started_at > ${windowStart(attempt)} and known.failures + 1 < ${limit}
        then known.window_started_at
        else ${at}::timestamptz
      end
  `.execute(tx);
}

export async function forgetFailures(tx: Transaction<Tables>, attempt: Attempt): Promise<void> {
  await sql`delete from sign_in_failures where ${isPair(attempt)}`.execute(tx);
}

const batch = 1000;

/** What is older than the window, of every organization: also of those that do not exist, whose failures nobody comes by again. What others are counting at the moment is left alone. */
export async function removeOutdated(tx: Transaction<Tables>, at: Instant): Promise<void> {
  await sql`
    delete from sign_in_failures
    where (organization_id, email_folded, ip_address) in (
      select organization_id, email_folded, ip_address
      from sign_in_failures
      where window_started_at <= ${windowStart({ at })}
      limit ${batch}
      for update skip locked
    )
  `.execute(tx);
}

interface Failures {
  readonly of_pair: number;
  readonly pair_since: Instant;
  readonly of_address: number;
  readonly address_since: Instant;
  readonly of_account: number;
  readonly account_since: Instant;
}

async function blockedSince(tx: Transaction<Tables>, attempt: Attempt): Promise<Instant | undefined> {
  const { emailFolded, source, limit } = attempt;
  const ofAddress = sql`ip_address = ${source}`;
  const ofAccount = sql`email_folded = ${emailFolded}`;
  const {
    rows: [failures],
  } = await sql<Failures>`
    select
      coalesce(sum(failures) filter (where ${isPair(attempt)}), 0)::integer as of_pair,
      min(window_started_at) filter (where ${isPair(attempt)}) as pair_since,
      coalesce(sum(failures) filter (where ${ofAddress}), 0)::integer as of_address,
      min(window_started_at) filter (where ${ofAddress}) as address_since,
      coalesce(sum(failures) filter (where ${ofAccount}), 0)::integer as of_account,
      min(window_started_at) filter (where ${ofAccount}) as account_since
    from sign_in_failures
    where organization_id = ${attempt.organizationId}
      and (${ofAddress} or ${ofAccount})
      and window_started_at > ${windowStart(attempt)}
  `.execute(tx);
  if (!failures) return undefined;
  if (failures.of_pair >= limit) return failures.pair_since;
  if (failures.of_address >= limit * addressFactor) return failures.address_since;
  if (failures.of_account < limit * accountFactor) return undefined;
  return (await isFamiliarAddress(tx, attempt)) ? undefined : failures.account_since;
}

// Whoever attacks an account from everywhere must not shut its owner out at home.
async function isFamiliarAddress(tx: Transaction<Tables>, attempt: Attempt): Promise<boolean> {
  const known = await tx
    .selectFrom('users')
    .innerJoin('sessions', (join) =>
      join
        .onRef('sessions.organization_id', '=', 'users.organization_id')
        .onRef('sessions.user_id', '=', 'users.user_id'),
    )
    .select('sessions.request_id')
    .where('users.organization_id', '=', attempt.organizationId)
    .where('users.email_folded', '=', attempt.emailFolded)
    .where(sql<boolean>`sessions.ip_address <<= ${attempt.source}::inet`)
    .limit(1)
    .executeTakeFirst();
  return known !== undefined;
}

// One beyond the limit means: a refusal was recorded.
async function markRefused(tx: Transaction<Tables>, attempt: Attempt): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update sign_in_failures set failures = failures + 1 where ${isPair(attempt)} and failures = ${attempt.limit}
  `.execute(tx);
  return numAffectedRows === 1n;
}

function isPair({ organizationId, emailFolded, source }: Attempt) {
  return sql`(organization_id = ${organizationId} and email_folded = ${emailFolded} and ip_address = ${source})`;
}

function windowStart({ at }: Pick<Attempt, 'at'>) {
  return sql`${toInstant(toMilliseconds(at) - windowMilliseconds)}::timestamptz`;
}
