/** Judges a termination and carries it out, or records why not, in the caller's transaction. */
import { expiresAt } from '@rollcall/core/lifetime';
import { judgeTermination, type TerminationSubject, type TerminationVerdict } from '@rollcall/core/termination';
import type { Transaction } from 'kysely';
import { writeAuditEvent } from '../audit/write-audit-event.ts';
import type { Actor } from '../authentication/actor.ts';
import type { Tables } from '../database/tables.ts';
import type { Client } from '../http/client-address.ts';
import { endSession } from './end-session.ts';
import type { Moment } from './matching-sessions.ts';
import { type SessionRow, spanOf } from './session-row.ts';

export type Refusal = Extract<TerminationVerdict, { allowed: false }>['reason'];

export type TerminationOutcome = { readonly ended: SessionRow } | { readonly refused: Refusal };

export interface TerminationRequest extends Moment {
  readonly actor: Actor;
  readonly client: Client;
  readonly requestId: string;
  readonly eventId: string;
}

export async function terminate(tx: Transaction<Tables>, request: TerminationRequest): Promise<TerminationOutcome> {
  const { actor, client, requestId, eventId, now } = request;
  const { organizationId } = actor;
  const subject = await lockSubject(tx, request);
  const verdict = judgeTermination(actor, subject, now);
  const end = { organizationId, requestId, at: now, reason: 'terminated', by: actor } as const;
  const ended = verdict.allowed ? await endSession(tx, end) : undefined;
  const refused = verdict.allowed ? 'not-active' : verdict.reason;
  await writeAuditEvent(tx, {
    organizationId,
    eventId,
    at: now,
    action: 'termination',
    ...(ended ? { outcome: 'success' } : { outcome: 'refused', reason: refused }),
    actor,
    subject: { requestId, email: subject?.userEmail },
    client,
  });
  return ended ? { ended } : { refused };
}

// Locked until the transaction ends, so that of two terminations the second is judged by what the first has done.
async function lockSubject(
  tx: Transaction<Tables>,
  { actor, requestId, timeouts }: TerminationRequest,
): Promise<(TerminationSubject & { userEmail: string }) | undefined> {
  const row = await tx
    .selectFrom('sessions')
    .select(['request_id', 'user_id', 'user_email', 'created_at', 'last_activity', 'ended_at', 'end_reason'])
    .where('organization_id', '=', actor.organizationId)
    .where('request_id', '=', requestId)
    .forUpdate()
    .executeTakeFirst();
  if (!row) return undefined;
  return {
    organizationId: actor.organizationId,
    requestId: row.request_id,
    userId: row.user_id,
    userEmail: row.user_email,
    expiresAt: expiresAt(spanOf(row), timeouts),
    endedAt: row.ended_at ?? undefined,
  };
}
