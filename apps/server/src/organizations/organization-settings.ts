/** What an organization chose for itself. */
import type { OrganizationSettings, SettingsChange } from '@rollcall/core/schema/organization';
import type { Transaction } from 'kysely';
import type { Tables } from '../database/tables.ts';

export async function readSettings(tx: Transaction<Tables>, organizationId: string): Promise<OrganizationSettings> {
  return await tx
    .selectFrom('organizations')
    .select('idle_timeout_seconds as idleTimeoutSeconds')
    .select('absolute_timeout_seconds as absoluteTimeoutSeconds')
    .select('session_limit as sessionLimit')
    .select('retention_days as retentionDays')
    .select('network_binding as networkBinding')
    .where('organization_id', '=', organizationId)
    .executeTakeFirstOrThrow();
}

/** What is left out stays as it is. */
export async function writeSettings(
  tx: Transaction<Tables>,
  organizationId: string,
  { idleTimeoutSeconds, absoluteTimeoutSeconds, sessionLimit, retentionDays, networkBinding }: SettingsChange,
): Promise<void> {
  const changed = {
    ...(idleTimeoutSeconds !== undefined && { idle_timeout_seconds: idleTimeoutSeconds }),
    ...(absoluteTimeoutSeconds !== undefined && { absolute_timeout_seconds: absoluteTimeoutSeconds }),
    ...(sessionLimit !== undefined && { session_limit: sessionLimit }),
    ...(retentionDays !== undefined && { retention_days: retentionDays }),
    ...(networkBinding !== undefined && { network_binding: networkBinding }),
  };
  if (Object.keys(changed).length === 0) return;
  await tx.updateTable('organizations').set(changed).where('organization_id', '=', organizationId).execute();
}
