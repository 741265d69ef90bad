/** What may be used once. */
import type { Instant } from '@rollcall/core/instant';
import type { Transaction } from 'kysely';
import type { Database } from '../database/database.ts';
import type { Tables } from '../database/tables.ts';

interface Spending {
  readonly organizationId: string;
  readonly kind: 'sign-on' | 'logout';
  readonly tokenId: string;
  /** From then on it would be refused anyway. */
  readonly expiresAt: Instant;
}

/** False for what has been spent before. Of two at once, one waits for the other. */
export async function spendToken(tx: Transaction<Tables>, spending: Spending): Promise<boolean> {
  const { organizationId, kind, tokenId, expiresAt } = spending;
  const spent = await tx
    .insertInto('spent_tokens')
    .values({ organization_id: organizationId, kind, token_id: tokenId, expires_at: expiresAt })
    .onConflict((conflict) => conflict.columns(['organization_id', 'kind', 'token_id']).doNothing())
    .returning('token_id')
    .executeTakeFirst();
  return spent !== undefined;
}

/** Of every organization. */
export async function forgetSpent(database: Database, now: Instant): Promise<void> {
  await database.asMaintenance('retention', (tx) =>
    tx.deleteFrom('spent_tokens').where('expires_at', '<', now).execute(),
  );
}
