/** An organization as its members see it. */
import type { OrganizationAnswer } from '@rollcall/core/schema/organization';
import type { Transaction } from 'kysely';
import type { Context } from '../context.ts';
import type { Tables } from '../database/tables.ts';
import { readSettings } from './organization-settings.ts';
import { readOrganization } from './read-organization.ts';

export async function answerFor(
  tx: Transaction<Tables>,
  { timeouts, retentionDays }: Pick<Context, 'timeouts' | 'retentionDays'>,
  organizationId: string,
): Promise<OrganizationAnswer> {
  return {
    organization: await readOrganization(tx, organizationId),
    settings: await readSettings(tx, organizationId),
    service: {
      idleTimeoutSeconds: timeouts.idleSeconds,
      absoluteTimeoutSeconds: timeouts.absoluteSeconds,
      retentionDays,
    },
  };
}
