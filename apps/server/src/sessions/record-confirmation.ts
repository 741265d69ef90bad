/** The audit event of how an end became known everywhere: after the end itself, which does not wait for it. */
import { writeAuditEvent } from '../audit/write-audit-event.ts';
import type { Actor } from '../authentication/actor.ts';
import type { Context } from '../context.ts';
import type { Client } from '../http/client-address.ts';
import type { Confirmation } from '../registry/announcements.ts';
import type { SessionRow } from './session-row.ts';

interface ConfirmedEnd {
  readonly actor: Actor;
  readonly client: Client;
  readonly subject: SessionRow;
  readonly confirmation: Confirmation;
}

type Needs = Pick<Context, 'database' | 'clock' | 'newId' | 'log'>;

/** Never rejects: the session has ended and every node knows, whether or not that could be written down. */
export async function recordConfirmation({ database, clock, newId, log }: Needs, end: ConfirmedEnd): Promise<void> {
  const { actor, client, subject, confirmation } = end;
  const { organizationId } = actor;
  try {
    await database.inOrganization(organizationId, (tx) =>
      writeAuditEvent(tx, {
        organizationId,
        eventId: newId(),
        at: clock(),
        action: 'termination-confirmed',
        outcome: 'success',
        actor,
        subject: { requestId: subject.request_id, email: subject.user_email },
        client,
        details: { ...confirmation },
      }),
    );
  } catch (error) {
    log.warn({ err: error, organizationId }, 'the confirmation of an end could not be recorded');
  }
}
