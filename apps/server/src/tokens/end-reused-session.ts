/** A token that is outdated for longer than any honest client could need has been used: there are two holders. */
import type { Transaction } from 'kysely';
import { writeAuditEvent } from '../audit/write-audit-event.ts';
import type { Tables } from '../database/tables.ts';
import { asJudged, type JudgedToken } from './confirm-token.ts';
import { keepEvidence, type TokenEvidence } from './token-verdicts.ts';

/**
 * Ends the session with `token-reuse` and records both addresses: that of the presented token and that of whoever confirmed
 * the current one. Whether it did: nothing happens where what was judged is no longer true.
 */
export async function endReusedSession(
  tx: Transaction<Tables>,
  judged: JudgedToken,
  evidence: TokenEvidence,
): Promise<boolean> {
  const ended = await tx
    .updateTable('sessions')
    .set({ ended_at: evidence.at, end_reason: 'token-reuse' })
    .where(asJudged(judged))
    .returning(['user_email', 'ip_address', 'user_agent', 'created_at'])
    .executeTakeFirst();
  if (!ended) return false;
  const confirmation = await confirmationOf(tx, judged);
  await keepEvidence(tx, evidence);
  const { organizationId, requestId, eventId, at, client, number, generation } = evidence;
  const { ip_address, user_agent, at: confirmedAt } = confirmation ?? { ...ended, at: ended.created_at };
  await writeAuditEvent(tx, {
    organizationId,
    eventId,
    at,
    action: 'token-reuse',
    outcome: 'success',
    subject: { email: ended.user_email, requestId },
    client,
    details: { number, generation, confirmedFrom: { ipAddress: ip_address, userAgent: user_agent, at: confirmedAt } },
  });
  return true;
}

// Nothing has confirmed a session's first token: it was handed out at sign-in.
function confirmationOf(tx: Transaction<Tables>, { organizationId, requestId, generation }: JudgedToken) {
  return tx
    .selectFrom('token_verdicts')
    .select(['ip_address', 'user_agent', 'at'])
    .where('organization_id', '=', organizationId)
    .where('request_id', '=', requestId)
    .where('verdict', '=', 'confirmed')
    .where('token_number', '=', generation)
    .executeTakeFirst();
}
