/** The session of somebody who has shown who they are, in whatever way, with its audit event. */
import { type Timeouts, timeoutsWithin } from '@rollcall/core/lifetime';
import type { Transaction } from 'kysely';
import { writeAuditEvent } from '../audit/write-audit-event.ts';
import type { Context } from '../context.ts';
import type { Tables } from '../database/tables.ts';
import { readSettings } from '../organizations/organization-settings.ts';
import { createSession, type NewSession } from '../sessions/create-session.ts';
import { makeRoom } from '../sessions/make-room.ts';
import type { SessionRow } from '../sessions/session-row.ts';

export interface BegunSession {
  readonly organizationId: string;
  readonly session: SessionRow;
  readonly salt: Uint8Array;
  /** Those of the organization. */
  readonly timeouts: Timeouts;
}

/** Under a lock of the user's row, which the caller holds. `changed` hears of sessions that had to make room. */
export async function beginSession(
  tx: Transaction<Tables>,
  { newId, random, timeouts: ofService }: Pick<Context, 'newId' | 'random' | 'timeouts'>,
  begun: Omit<NewSession, 'requestId' | 'tokenSalt'>,
  changed: (requestId: string) => void,
): Promise<BegunSession> {
  const { user, client, at, apiKey, account } = begun;
  const organizationId = user.organization_id;
  const settings = await readSettings(tx, organizationId);
  const timeouts = timeoutsWithin(ofService, {
    idleSeconds: settings.idleTimeoutSeconds,
    absoluteSeconds: settings.absoluteTimeoutSeconds,
  });
  if (settings.sessionLimit !== null) {
    const room = { organizationId, userId: user.user_id, limit: settings.sessionLimit, timeouts, at, newId };
    for (const ended of await makeRoom(tx, room)) changed(ended);
  }
  const salt = random(32);
  const requestId = newId();
  const session = await createSession(tx, { ...begun, requestId, tokenSalt: salt });
  const actor = { userId: user.user_id, email: user.email, requestId };
  const event = { organizationId, eventId: newId(), at, actor, subject: actor, client };
  const details = detailsOf({ apiKey, account });
  await writeAuditEvent(tx, { ...event, action: 'sign-in', outcome: 'success', ...(details && { details }) });
  return { organizationId, session, salt, timeouts };
}

function detailsOf({ apiKey, account }: { [Way in 'apiKey' | 'account']: NewSession[Way] | undefined }) {
  if (apiKey) return { keyId: apiKey.keyId, name: apiKey.name };
  return account && { issuer: account.issuer, subject: account.subject };
}
