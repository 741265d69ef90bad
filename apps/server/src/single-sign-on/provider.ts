/** What a provider says of itself, asked anew each time: a key or an address that it changed holds at once. */
import { Issuer } from '@rollcall/core/schema/identity-provider';
import * as client from 'openid-client';
import * as z from 'zod';
import type { Context } from '../context.ts';
import { fetchWithin, isLocal, isReachable, type LimitedFetch, type Limits } from './limited-fetch.ts';

/** As it is known to the provider. */
export interface ProviderClient {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string | undefined;
}

/** Where it is wrong: not the network, but what was configured or answered. */
export class ProviderMisconfigured extends Error {
  override readonly name = 'ProviderMisconfigured';
}

/** One errand, for which the patience counts. */
export interface Errand {
  readonly configuration: client.Configuration;
  readonly metadata: Metadata;
  readonly fetch: LimitedFetch;
}

const Metadata = z.object({
  issuer: Issuer,
  authorization_endpoint: z.string(),
  token_endpoint: z.string(),
  jwks_uri: z.string(),
  userinfo_endpoint: z.string().optional(),
  end_session_endpoint: z.string().optional(),
  claims_parameter_supported: z.boolean().optional(),
  token_endpoint_auth_methods_supported: z.array(z.string()).optional(),
  id_token_signing_alg_values_supported: z.array(z.string()).optional(),
});
type Metadata = z.infer<typeof Metadata>;

const patienceMs = 5000;

export function limitsOf({ fetch, providerPatienceMs = patienceMs, publicUrl }: LimitNeeds): Limits {
  const mayUseLocalHttp = publicUrl.protocol === 'http:' && isLocal(publicUrl.hostname);
  return { fetch, patienceMs: providerPatienceMs, mayUseLocalHttp };
}

type LimitNeeds = Pick<Context, 'fetch' | 'providerPatienceMs' | 'publicUrl'>;

/** Throws {@link ProviderMisconfigured}, and whatever `openid-client` does; see `failureOf`. */
export async function discover(limits: Limits, { issuer, clientId, clientSecret }: ProviderClient): Promise<Errand> {
  const fetch = fetchWithin(limits);
  const given = {
    [client.customFetch]: (url: string, { method, headers, body }: client.CustomFetchOptions) =>
      fetch(url, { method, headers, body: body instanceof URLSearchParams ? body : undefined }),
    execute: [
      // Which addresses may be asked is the business of `fetchWithin`.
      ...(limits.mayUseLocalHttp ? [client.allowInsecureRequests] : []),
      // Its signature counts, not only whom it came from.
      client.enableNonRepudiationChecks,
    ],
  };
  const authentication = (...asked: Parameters<client.ClientAuth>) =>
    authenticationFor(clientSecret, asked[0].token_endpoint_auth_methods_supported)(...asked);
  const configuration = await client.discovery(new URL(issuer), clientId, {}, authentication, given);
  const metadata = Metadata.parse(configuration.serverMetadata());
  // Some providers' documents are meant for many issuers at once: whoever may sign in anywhere could sign in here.
  if (new URL(metadata.issuer).href !== new URL(issuer).href) {
    throw new ProviderMisconfigured(`it says that it is ${metadata.issuer}`);
  }
  const { authorization_endpoint, token_endpoint, jwks_uri, userinfo_endpoint, end_session_endpoint } = metadata;
  for (const url of [authorization_endpoint, token_endpoint, jwks_uri, userinfo_endpoint, end_session_endpoint]) {
    if (url === undefined || isReachable(url, limits.mayUseLocalHttp)) continue;
    throw new ProviderMisconfigured(`it names ${url}, which is not https`);
  }
  return { configuration, metadata, fetch };
}

// As a client has it that was registered without saying so (OpenID Connect Dynamic Client Registration, 2).
function authenticationFor(secret: string | undefined, supported = ['client_secret_basic']): client.ClientAuth {
  if (secret === undefined) return client.None();
  return supported.includes('client_secret_basic') ? client.ClientSecretBasic(secret) : client.ClientSecretPost(secret);
}
