/** Making keys for programs, and taking them back. */
import type { Client } from 'openapi-fetch';
import { type CallOptions, dataOf, heeding } from './answer.ts';
import type { paths } from './schema.ts';
import type { ApiKey, ApiKeyRequest, MadeApiKey, RevokedApiKey } from './wire.ts';

/** One's own keys; with `integrations:manage` also those of service accounts. */
export interface ApiKeys {
  /** The newest first, also those that are good no longer. */
  list(options?: CallOptions): Promise<ApiKey[]>;
  /** The key itself is in the answer and nowhere else. No wider than oneself; `too-many` after a hundred of one user. */
  make(request: ApiKeyRequest, options?: CallOptions): Promise<MadeApiKey>;
  /** Ends the sessions that were begun with it; to repeat it is safe. */
  revoke(keyId: string, options?: CallOptions): Promise<RevokedApiKey>;
}

export function apiKeysThrough(api: Client<paths>): ApiKeys {
  return {
    list: async (options) => (await dataOf(api.GET('/api/ApiKeys', heeding(options)))).apiKeys,
    make: (body, options) => dataOf(api.POST('/api/ApiKeys', { body, ...heeding(options) })),
    revoke: (keyId, options) =>
      dataOf(api.DELETE('/api/ApiKey/{keyId}', { params: { path: { keyId } }, ...heeding(options) })),
  };
}
