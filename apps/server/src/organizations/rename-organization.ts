/** What an organization is called on pages; its slug stays. */
import type { Transaction } from 'kysely';
import type { Tables } from '../database/tables.ts';

export async function renameOrganization(tx: Transaction<Tables>, organizationId: string, name: string): Promise<void> {
  await tx.updateTable('organizations').set({ name }).where('organization_id', '=', organizationId).execute();
}
