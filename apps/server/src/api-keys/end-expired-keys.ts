/** Keys whose time is over are good for no exchange at that instant; here their sessions end, and it is recorded. */
import { writeAuditEvent } from '../audit/write-audit-event.ts';
import type { Context } from '../context.ts';
import { revokeKeyRow } from './revoke-key-row.ts';

const batch = 100;

/** Of every organization. Whatever another node is at is passed over. Answers how many keys it found. */
export async function endExpiredKeys(needs: Pick<Context, 'announcements' | 'clock' | 'newId'>): Promise<number> {
  const { announcements, clock, newId } = needs;
  const { result } = await announcements.sweep(async (tx, changed) => {
    const at = clock();
    const expired = await tx
      .selectFrom('api_keys')
      .select(['organization_id', 'key_id', 'name', 'expires_at'])
      .where('revoked_at', 'is', null)
      .where('expires_at', '<=', at)
      .orderBy('expires_at')
      .limit(batch)
      .forNoKeyUpdate()
      .skipLocked()
      .execute();
    for (const { organization_id: organizationId, key_id: keyId, name, expires_at: expiredAt } of expired) {
      const ended = (await revokeKeyRow(tx, { organizationId, keyId, at: expiredAt ?? at, newId })) ?? [];
      for (const requestId of ended) changed(organizationId, requestId);
      const details = { keyId, name, because: 'expired', endedSessions: ended.length };
      const event = { organizationId, eventId: newId(), at, action: 'key-revoked', outcome: 'success' } as const;
      await writeAuditEvent(tx, { ...event, details });
    }
    return expired.length;
  });
  return result;
}
