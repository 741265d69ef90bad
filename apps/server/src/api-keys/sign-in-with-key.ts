/** The exchange of a key for a session. */
import type { Instant } from '@rollcall/core/instant';
import { toMilliseconds } from '@rollcall/core/instant';
import { containedIn, parseNetwork } from '@rollcall/core/query/network';
import type { Transaction } from 'kysely';
import { writeAuditEvent } from '../audit/write-audit-event.ts';
import { type BegunSession, beginSession } from '../authentication/begin-session.ts';
import type { Context } from '../context.ts';
import type { Tables } from '../database/tables.ts';
import type { Client } from '../http/client-address.ts';
import { isGood, isSecretOf, keysWithUsers } from './key-rows.ts';
import { type KeyParts, parseKey } from './written-key.ts';

export interface KeyExchange {
  readonly key: string;
  readonly sessionName: string | undefined;
  readonly client: Client;
  readonly at: Instant;
}

type Needs = Pick<Context, 'announcements' | 'newId' | 'random' | 'timeouts'>;

/** Undefined where the key is not good, whatever is wrong with it. What is no key at all never reaches the database. */
export async function signInWithKey(context: Needs, exchange: KeyExchange): Promise<BegunSession | undefined> {
  const parts = parseKey(exchange.key);
  if (!parts) return undefined;
  const { organizationId } = parts;
  const { client, at } = exchange;
  const { result } = await context.announcements.change(organizationId, async (tx, changed) => {
    const key = await lockKey(tx, parts);
    if (!key || !isSecretOf(parts.secret, key)) return undefined;
    const because = whyNot(key, exchange);
    if (because !== undefined) {
      const event = { organizationId, eventId: context.newId(), at, subject: { email: key.email }, client };
      const details = { keyId: key.key_id, name: key.name, because };
      await writeAuditEvent(tx, { ...event, action: 'sign-in', outcome: 'refused', reason: 'sign-in-failed', details });
      return undefined;
    }
    await noteUse(tx, key, at);
    const begun = {
      ...{ user: key, sessionName: exchange.sessionName ?? key.name, client, at },
      ...{ clientType: 'api' as const, authMethod: 'api-key' as const },
      apiKey: { keyId: key.key_id, name: key.name, permissions: key.permissions },
    };
    return await beginSession(tx, context, begun, changed);
  });
  return result;
}

// The key and its user: whoever revokes the one or disables the other waits, and then finds the session.
function lockKey(tx: Transaction<Tables>, { organizationId, keyId }: KeyParts) {
  return keysWithUsers(tx, organizationId).where('key_id', '=', keyId).forNoKeyUpdate().executeTakeFirst();
}

type Key = NonNullable<Awaited<ReturnType<typeof lockKey>>>;

function whyNot(key: Key, { client, at }: KeyExchange): string | undefined {
  if (key.revoked_at !== null) return 'revoked';
  if (!isGood(key, at)) return 'expired';
  if (key.disabled_at !== null) return 'user-disabled';
  const networks = key.allowed_networks.map(parseNetwork).filter((network) => network !== undefined);
  const isFromAllowed = networks.length === 0 || networks.some((network) => containedIn(network)(client.ipAddress));
  return isFromAllowed ? undefined : 'address';
}

const noted = 60_000;

// To the minute: a program that signs in all the time does not write all the time.
async function noteUse(tx: Transaction<Tables>, key: Key, at: Instant): Promise<void> {
  if (key.last_used_at !== null && toMilliseconds(at) - toMilliseconds(key.last_used_at) < noted) return;
  await tx
    .updateTable('api_keys')
    .set({ last_used_at: at })
    .where('organization_id', '=', key.organization_id)
    .where('key_id', '=', key.key_id)
    .execute();
}
