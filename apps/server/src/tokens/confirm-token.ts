/** The one write of a rotation: the next token has been presented, so the client has it, and it becomes the current one. */
import { sql, type Transaction } from 'kysely';
import type { Tables } from '../database/tables.ts';
import { keepEvidence, type TokenEvidence } from './token-verdicts.ts';

/** What was judged, and has to be true still. */
export interface JudgedToken {
  readonly organizationId: string;
  readonly requestId: string;
  readonly generation: number;
  readonly confirmedAt: string;
}

/** Whether it was: an end, or somebody else's rotation, beats this one. */
export async function confirmToken(
  tx: Transaction<Tables>,
  judged: JudgedToken,
  evidence: TokenEvidence,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('sessions')
    .set({ token_generation: evidence.number, token_confirmed_at: sql<string>`clock_timestamp()` })
    .where(asJudged(judged))
    .executeTakeFirst();
  if (numUpdatedRows === 0n) return false;
  await keepEvidence(tx, evidence);
  return true;
}

/** The session has not ended, and its tokens are as they were when they were judged. */
export function asJudged({ organizationId, requestId, generation, confirmedAt }: JudgedToken) {
  return sql<boolean>`(
    organization_id = ${organizationId}
    and request_id = ${requestId}
    and token_generation = ${generation}
    and token_confirmed_at = ${confirmedAt}
    and ended_at is null
  )`;
}
