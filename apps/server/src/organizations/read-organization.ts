/** Finding organizations. */
import type { Organization } from '@rollcall/core/schema/organization';
import type { Selectable, Transaction } from 'kysely';
import type { Database } from '../database/database.ts';
import type { OrganizationsTable, Tables } from '../database/tables.ts';

export async function readOrganization(tx: Transaction<Tables>, organizationId: string): Promise<Organization> {
  return organizationOf(
    await tx
      .selectFrom('organizations')
      .selectAll()
      .where('organization_id', '=', organizationId)
      .executeTakeFirstOrThrow(),
  );
}

/** The one with that slug, or undefined. */
export async function findOrganization(database: Database, slug: string): Promise<Organization | undefined> {
  const row = await database.asMaintenance('organizations', (tx) =>
    tx.selectFrom('organizations').selectAll().where('slug', '=', slug).executeTakeFirst(),
  );
  return row && organizationOf(row);
}

/** The only one there is; undefined when there are several, or none. */
export async function findOnlyOrganization(database: Database): Promise<Organization | undefined> {
  const [first, second] = await database.asMaintenance('organizations', (tx) =>
    tx.selectFrom('organizations').selectAll().limit(2).execute(),
  );
  return first && !second ? organizationOf(first) : undefined;
}

/** Whether there is any. */
export async function hasOrganization(database: Database): Promise<boolean> {
  const first = await database.asMaintenance('organizations', (tx) =>
    tx.selectFrom('organizations').select('organization_id').limit(1).executeTakeFirst(),
  );
  return first !== undefined;
}

function organizationOf({ organization_id, slug, name }: Selectable<OrganizationsTable>): Organization {
  return { organizationId: organization_id, slug, name };
}
