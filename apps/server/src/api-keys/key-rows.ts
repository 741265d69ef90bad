/** API keys in the database. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Instant } from '@rollcall/core/instant';
import type { ApiKey } from '@rollcall/core/schema/api-key';
import type { Selectable, Transaction } from 'kysely';
import type { ApiKeysTable, Tables } from '../database/tables.ts';

/** With their users, as long as those are there. */
export function keysWithUsers(tx: Transaction<Tables>, organizationId: string) {
  return tx
    .selectFrom('api_keys')
    .innerJoin('users', (join) =>
      join
        .onRef('users.organization_id', '=', 'api_keys.organization_id')
        .onRef('users.user_id', '=', 'api_keys.user_id'),
    )
    .selectAll('api_keys')
    .select(['users.email', 'users.role', 'users.account_type', 'users.disabled_at'])
    .select('users.permissions as user_permissions')
    .where('api_keys.organization_id', '=', organizationId)
    .where('users.removed_at', 'is', null);
}

export function apiKeyOf(row: Selectable<ApiKeysTable> & { readonly email: string }): ApiKey {
  const { created_by, expires_at, last_used_at, revoked_at } = row;
  return {
    ...{ keyId: row.key_id, name: row.name, userId: row.user_id, userEmail: row.email },
    ...{ permissions: row.permissions, allowedNetworks: row.allowed_networks, createdAt: row.created_at },
    ...(created_by !== null && { createdBy: created_by }),
    ...(expires_at !== null && { expiresAt: expires_at }),
    ...(last_used_at !== null && { lastUsedAt: last_used_at }),
    ...(revoked_at !== null && { revokedAt: revoked_at }),
  };
}

export function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

export function isSecretOf(secret: string, row: Pick<Selectable<ApiKeysTable>, 'secret_hash'>): boolean {
  return timingSafeEqual(hashOf(secret), row.secret_hash);
}

/** Neither taken back nor past its time. */
export function isGood(
  { revoked_at, expires_at }: Pick<Selectable<ApiKeysTable>, 'revoked_at' | 'expires_at'>,
  now: Instant,
): boolean {
  return revoked_at === null && (expires_at === null || now < expires_at);
}
