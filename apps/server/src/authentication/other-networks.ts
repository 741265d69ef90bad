/** Sessions that are used from another network than the one in which they were begun. */
import { judgeNetwork, type NetworkVerdict } from '@rollcall/core/network-binding';
import { sql } from 'kysely';
import { writeAuditEvent } from '../audit/write-audit-event.ts';
import type { Context } from '../context.ts';
import type { SessionByKey } from '../database/database.ts';
import type { Client } from '../http/client-address.ts';
import { RequestProblem } from '../http/problem.ts';

type OtherNetwork = Extract<NetworkVerdict, { kind: 'other' }>;
type Keeping = Pick<Context, 'clock' | 'database' | 'newId' | 'otherNetworks'>;

export function verdictOn(session: SessionByKey, { ipAddress }: Client): NetworkVerdict {
  return judgeNetwork({ binding: session.network_binding, begunFrom: session.ip_address, usedFrom: ipAddress });
}

/** Whether nothing is left to be said or written of a session that is used from there. */
export function isSettled({ otherNetworks }: Pick<Context, 'otherNetworks'>, session: SessionByKey, client: Client) {
  if (client.ipAddress === session.ip_address) return true;
  const verdict = verdictOn(session, client);
  return verdict.kind === 'own' || (verdict.isAccepted && otherNetworks.get(keyOf(session, verdict)) === true);
}

// Somebody who goes through many networks is told of often enough.
const mostPerSession = 20;

/** Audits it, once for each network of a session and each outcome, whichever node and however many requests at a time. */
export async function keepNetwork(
  { database, otherNetworks, clock, newId }: Keeping,
  session: SessionByKey,
  { verdict, client }: { readonly verdict: OtherNetwork; readonly client: Client },
): Promise<void> {
  const key = keyOf(session, verdict);
  if (otherNetworks.get(key) === true) return;
  const { organization_id: organizationId, request_id: requestId, user_email: email } = session;
  const { network, ownNetwork, isAccepted } = verdict;
  const outcome = isAccepted ? 'success' : 'refused';
  await database.inOrganization(organizationId, async (tx) => {
    // One after the other, so that the second one sees what the first one wrote.
    await sql`select from sessions where organization_id = ${organizationId} and request_id = ${requestId}
      for no key update`.execute(tx);
    const known = await tx
      .selectFrom('audit_events')
      .select(['outcome', sql<string>`details ->> 'network'`.as('network')])
      .where('organization_id', '=', organizationId)
      .where('subject_request_id', '=', requestId)
      .where('action', '=', 'other-network')
      .execute();
    const isKnown = known.some((event) => event.network === network && event.outcome === outcome);
    if (isKnown || known.length >= mostPerSession) return;
    await writeAuditEvent(tx, {
      ...{ organizationId, eventId: newId(), at: clock(), subject: { email, requestId }, client },
      ...{ action: 'other-network', outcome, ...(!isAccepted && { reason: 'other-network' }) },
      details: { network, ownNetwork },
    });
  });
  otherNetworks.set(key, true);
}

export function otherNetwork({ network }: OtherNetwork): RequestProblem {
  return new RequestProblem('other-network', `The session may not be used from ${network}: sign in again from here.`);
}

function keyOf({ request_id: requestId }: SessionByKey, { network, isAccepted }: OtherNetwork): string {
  return `${requestId} ${network} ${isAccepted}`;
}
