/** A key that is good no longer, and the sessions that were begun with it. */
import type { Instant } from '@rollcall/core/instant';
import type { Transaction } from 'kysely';
import type { NewAuditEvent } from '../audit/write-audit-event.ts';
import type { Tables } from '../database/tables.ts';
import { endSessions } from '../sessions/end-sessions.ts';

interface Revoked {
  readonly organizationId: string;
  readonly keyId: string;
  readonly at: Instant;
  readonly newId: () => string;
  readonly by?: Pick<NewAuditEvent, 'actor' | 'client'>;
}

/**
 * The key's row is changed before its sessions are looked for: an exchange that is under way holds that row. Answers the ids of the sessions that ended;
 * undefined where the key was revoked before.
 */
export async function revokeKeyRow(tx: Transaction<Tables>, revoked: Revoked): Promise<string[] | undefined> {
  const { organizationId, keyId, at, newId, by } = revoked;
  const row = await tx
    .updateTable('api_keys')
    .set({ revoked_at: at })
    .where('organization_id', '=', organizationId)
    .where('key_id', '=', keyId)
    .where('revoked_at', 'is', null)
    .returning('key_id')
    .executeTakeFirst();
  if (!row) return undefined;
  const open = await tx
    .selectFrom('sessions')
    .select('request_id')
    .where('organization_id', '=', organizationId)
    .where('api_key_id', '=', keyId)
    .where('ended_at', 'is', null)
    .execute();
  const ends = open.map(({ request_id: requestId }) => ({ requestId, at, reason: 'credentials-changed' as const }));
  return await endSessions(tx, { organizationId, ends, newId, ...(by && { by }) });
}
