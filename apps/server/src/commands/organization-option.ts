/** The organization that a command is about: the one it names, or the only one there is. */
import type { Organization } from '@rollcall/core/schema/organization';
import type { Database } from '../database/database.ts';
import { findOnlyOrganization, findOrganization, hasOrganization } from '../organizations/read-organization.ts';
import { CommandFailed } from './command.ts';

export async function organizationNamed(database: Database, slug: string | undefined): Promise<Organization> {
  if (slug === undefined) {
    const only = await findOnlyOrganization(database);
    if (only) return only;
    throw new CommandFailed(
      (await hasOrganization(database))
        ? 'there is more than one organization: name one with --organization'
        : 'this database has no organization yet: is it the server’s, by ROLLCALL_DATA_DIR or DATABASE_URL? Starting the server makes the first one',
    );
  }
  const found = await findOrganization(database, slug);
  if (found) return found;
  throw new CommandFailed(`there is no organization called ${slug}`);
}
