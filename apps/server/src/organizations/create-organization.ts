/** Creating an organization. */
import type { Instant } from '@rollcall/core/instant';
import type { Organization } from '@rollcall/core/schema/organization';
import type { Database } from '../database/database.ts';

/** Another organization has this slug. */
export class SlugTaken extends Error {
  override readonly name = 'SlugTaken';
}

export interface NewOrganization extends Organization {
  readonly at: Instant;
}

/** Throws {@link SlugTaken}. */
export async function createOrganization(database: Database, created: NewOrganization): Promise<Organization> {
  const { organizationId, slug, name, at } = created;
  const inserted = await database.asMaintenance('organizations', (tx) =>
    tx
      .insertInto('organizations')
      .values({ organization_id: organizationId, slug, name, created_at: at })
      .onConflict((conflict) => conflict.column('slug').doNothing())
      .returning('organization_id')
      .executeTakeFirst(),
  );
  if (!inserted) throw new SlugTaken(`another organization is called ${slug}`);
  return { organizationId, slug, name };
}
