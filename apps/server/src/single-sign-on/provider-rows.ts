/** The identity provider of an organization, in the database. */
import type { IdentityProvider, SignOnAddresses } from '@rollcall/core/schema/identity-provider';
import type { Organization } from '@rollcall/core/schema/organization';
import type { Selectable, Transaction } from 'kysely';
import type { Context } from '../context.ts';
import type { IdentityProvidersTable, Tables } from '../database/tables.ts';
import { type ProviderClient, ProviderMisconfigured } from './provider.ts';
import { type Sealing, sealingFor } from './sealing.ts';

export type ProviderRow = Selectable<IdentityProvidersTable>;

export async function readProvider(tx: Transaction<Tables>, organizationId: string): Promise<ProviderRow | undefined> {
  return await tx
    .selectFrom('identity_providers')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .executeTakeFirst();
}

export function providerOf(row: ProviderRow): IdentityProvider {
  return {
    ...{ issuer: row.issuer, clientId: row.client_id, hasClientSecret: row.sealed_client_secret !== null },
    ...{ scopes: row.scopes, emailDomains: row.email_domains, groupClaim: row.group_claim },
    ...{ administratorGroups: row.administrator_groups, isEnabled: row.is_enabled },
    ...{ trustedWith: row.trusted_with, changedAt: row.changed_at },
  };
}

/** Seals what providers know this service by. */
export function secretSealing({ secrets, random }: Pick<Context, 'secrets' | 'random'>): Sealing {
  return sealingFor({ secrets, random, purpose: 'rollcall client secret' });
}

/** Throws {@link ProviderMisconfigured} where the secret was sealed under one that is no longer configured. */
export function clientOf(row: ProviderRow, sealing: Sealing): ProviderClient {
  const { organization_id: organizationId, issuer, client_id: clientId, sealed_client_secret: sealed } = row;
  if (sealed === null) return { issuer, clientId, clientSecret: undefined };
  const clientSecret = sealing.open(sealed, organizationId);
  if (clientSecret === undefined) {
    throw new ProviderMisconfigured('its client secret was sealed under a ROLLCALL_SECRET that is gone: give it again');
  }
  return { issuer, clientId, clientSecret };
}

type Named = Pick<Organization, 'organizationId' | 'slug'>;

export const callbackPath = '/api/SingleSignOn/Callback';

export function addressesOf({ organizationId, slug }: Named, publicUrl: URL): SignOnAddresses {
  return {
    callbackUrl: new URL(callbackPath, publicUrl).href,
    signedOutUrl: new URL(`/sign-in/${slug}?reason=signed-out`, publicUrl).href,
    backChannelLogoutUrl: new URL(`/api/SingleSignOn/Logout/${organizationId}`, publicUrl).href,
  };
}
