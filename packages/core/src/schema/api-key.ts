import * as z from 'zod';
import { parseNetwork } from '../query/network.ts';
import { Email } from './email.ts';
import { Instant } from './instant.ts';
import { PlainText } from './text.ts';
import { Permission, Permissions, UserId } from './user.ts';

export const KeyId = z.uuid().meta({ id: 'KeyId', description: 'The id of an API key. Not a secret' });

const name = PlainText.trim().min(1).max(80).meta({ example: 'Nightly export' });

/** A network in CIDR notation, kept in canonical form; a single address is one of 32 or 128 bits. */
export const AllowedNetwork = z
  .string()
  .transform((text, context) => {
    const network = parseNetwork(text.includes('/') ? text : `${text}/${text.includes(':') ? 128 : 32}`);
    if (network) return network.cidr;
    context.addIssue({ code: 'custom', message: 'must be a network such as 10.0.0.0/8, or an address' });
    return z.NEVER;
  })
  .meta({ id: 'AllowedNetwork', example: '10.0.0.0/8' });

/** What `POST /api/ApiKeys` takes. */
export const ApiKeyRequest = z
  .strictObject({
    name,
    userId: UserId.optional().meta({ description: 'Whose key it is to be; one’s own where it is left out' }),
    permissions: Permissions.default([]).meta({ description: 'No wider than one’s own, nor than its user’s' }),
    expiresAt: Instant.optional().meta({ description: 'When it is good no longer; never where it is left out' }),
    allowedNetworks: z
      .array(AllowedNetwork)
      .max(50)
      .default([])
      .meta({ description: 'Where it can be used from; anywhere where there are none' }),
  })
  .meta({ id: 'ApiKeyRequest' });
export type ApiKeyRequest = z.infer<typeof ApiKeyRequest>;

export const ApiKey = z
  .object({
    keyId: KeyId,
    name,
    userId: UserId,
    userEmail: Email,
    permissions: z.array(Permission),
    allowedNetworks: z.array(z.string()),
    createdAt: Instant,
    createdBy: z.string().optional().meta({ description: 'Nobody for a key made on the machine itself' }),
    expiresAt: Instant.optional(),
    lastUsedAt: Instant.optional().meta({ description: 'To the minute' }),
    revokedAt: Instant.optional().meta({ description: 'When it was taken back, or found to have expired' }),
  })
  .meta({ id: 'ApiKey', description: 'Without the secret, which nobody knows but whoever made it' });
export type ApiKey = z.infer<typeof ApiKey>;

export const ApiKeyList = z.object({ apiKeys: z.array(ApiKey) }).meta({ id: 'ApiKeyList' });
export type ApiKeyList = z.infer<typeof ApiKeyList>;

export const MadeApiKey = z
  .object({ apiKey: ApiKey, key: z.string().meta({ description: 'A secret, shown this once' }) })
  .meta({ id: 'MadeApiKey' });
export type MadeApiKey = z.infer<typeof MadeApiKey>;

export const RevokedApiKey = z.object({ apiKey: ApiKey, endedSessions: z.int() }).meta({ id: 'RevokedApiKey' });
export type RevokedApiKey = z.infer<typeof RevokedApiKey>;
