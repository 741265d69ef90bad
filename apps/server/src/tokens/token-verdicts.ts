/** The evidence of a session's tokens: its rotations, and whatever was odd. A bounded number per session. */
import type { Instant } from '@rollcall/core/instant';
import { sql, type Transaction } from 'kysely';
import type { Tables, TokenVerdictsTable } from '../database/tables.ts';
import type { Client } from '../http/client-address.ts';

export interface TokenEvidence {
  readonly organizationId: string;
  readonly requestId: string;
  readonly eventId: string;
  readonly at: Instant;
  readonly verdict: TokenVerdictsTable['verdict']['__select__'];
  /** The number of the token that was presented. */
  readonly number: number;
  /** The number of the confirmed token at that time. */
  readonly generation: number;
  readonly client: Client;
}

const keptPerSession = 50;

/** The same oddity from the same place is kept once: ten parallel requests of one race leave one row. */
export async function keepEvidence(tx: Transaction<Tables>, evidence: TokenEvidence): Promise<void> {
  const { organizationId, requestId, client } = evidence;
  await tx
    .insertInto('token_verdicts')
    .values({
      organization_id: organizationId,
      request_id: requestId,
      event_id: evidence.eventId,
      at: evidence.at,
      verdict: evidence.verdict,
      token_number: evidence.number,
      token_generation: evidence.generation,
      ip_address: client.ipAddress,
      user_agent: client.userAgent,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  await sql`
    delete from token_verdicts
    where organization_id = ${organizationId} and request_id = ${requestId} and event_id <= (
      select event_id from token_verdicts
      where organization_id = ${organizationId} and request_id = ${requestId}
      order by event_id desc offset ${keptPerSession} limit 1
    )`.execute(tx);
}
