/** Audit events are written in the transaction of the change that they record. */
import { fold } from '@rollcall/core/fold';
import type { Instant } from '@rollcall/core/instant';
import type { ProblemCode } from '@rollcall/core/problem';
import type { AuditAction, AuditOutcome } from '@rollcall/core/schema/audit';
import type { Insertable, Transaction } from 'kysely';
import type { AuditEventsTable, Tables } from '../database/tables.ts';
import type { Client } from '../http/client-address.ts';

export interface NewAuditEvent {
  readonly organizationId: string;
  readonly eventId: string;
  readonly at: Instant;
  readonly action: AuditAction;
  readonly outcome: AuditOutcome;
  readonly reason?: ProblemCode;
  readonly actor?: { readonly userId: string; readonly email: string; readonly requestId: string };
  readonly subject?: { readonly email?: string | undefined; readonly requestId?: string };
  readonly client?: Client;
  /** Facts that only this action has. */
  readonly details?: Readonly<Record<string, unknown>>;
}

export async function writeAuditEvent(tx: Transaction<Tables>, event: NewAuditEvent): Promise<void> {
  await writeAuditEvents(tx, [event]);
}

/** At least one. */
export async function writeAuditEvents(tx: Transaction<Tables>, events: readonly NewAuditEvent[]): Promise<void> {
  await tx.insertInto('audit_events').values(events.map(rowOf)).execute();
}

function rowOf(event: NewAuditEvent): Insertable<AuditEventsTable> {
  const { actor, subject, client } = event;
  return {
    organization_id: event.organizationId,
    event_id: event.eventId,
    at: event.at,
    action: event.action,
    outcome: event.outcome,
    reason: event.reason,
    actor_user_id: actor?.userId,
    actor_email: actor?.email,
    actor_email_folded: actor && fold(actor.email),
    actor_request_id: actor?.requestId,
    subject_email: subject?.email,
    subject_email_folded: subject?.email === undefined ? undefined : fold(subject.email),
    subject_request_id: subject?.requestId,
    ip_address: client?.ipAddress,
    user_agent: client?.userAgent,
    details: event.details && JSON.stringify(event.details),
  };
}
