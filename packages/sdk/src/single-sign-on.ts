/** An organization's identity provider: choosing it, and signing in and out through it. */
import type { Client } from 'openapi-fetch';
import { type CallOptions, dataOf, heeding } from './answer.ts';
import type { paths } from './schema.ts';
import type { IdentityProviderAnswer, IdentityProviderRequest, SignInMethod } from './wire.ts';

export interface SingleSignOn {
  /** How one can sign in; needs no session. An organization that nobody has is answered as one without single sign-on. */
  methods(organization?: string, options?: CallOptions): Promise<SignInMethod[]>;
  /**
   * Where a link leads that signs its browser in through the provider and then sends it to `returnTo`, a path of the service's own site. For links, not for
   * calls: a failure leads to the sign-in page, with an `error` (docs/sso.md).
   */
  address(to?: { readonly organization?: string | undefined; readonly returnTo?: string | undefined }): string;
  /** Where one's browser signs out at the provider, too: ask before `signOut`, go there after it. Undefined where there is nothing to do. */
  signOutAddress(options?: CallOptions): Promise<string | undefined>;
  /** The provider, where there is one, and what it has to be told of the service. Needs `integrations:manage`. */
  provider(options?: CallOptions): Promise<IdentityProviderAnswer>;
  /** Takes the place of the one before. `invalid` for `issuer` where it cannot be reached, or is another one than it says. */
  setProvider(provider: IdentityProviderRequest, options?: CallOptions): Promise<IdentityProviderAnswer>;
  /** Answers it as it was; `not-found` where there is none. */
  removeProvider(options?: CallOptions): Promise<IdentityProviderAnswer>;
}

export function singleSignOnThrough(api: Client<paths>, baseUrl: string): SingleSignOn {
  return {
    methods: async (organization, options) => {
      const query = organization === undefined ? {} : { organization };
      return (await dataOf(api.GET('/api/SignInMethods', { params: { query }, ...heeding(options) }))).methods;
    },
    address: ({ organization, returnTo } = {}) => {
      const query = new URLSearchParams({ ...(organization && { organization }), ...(returnTo && { returnTo }) });
      return `${baseUrl.replace(/\/$/, '')}/api/SingleSignOn${query.size === 0 ? '' : `?${query}`}`;
    },
    signOutAddress: async (options) => (await dataOf(api.GET('/api/SingleSignOn/SignOut', heeding(options)))).url,
    provider: (options) => dataOf(api.GET('/api/IdentityProvider', heeding(options))),
    setProvider: (body, options) => dataOf(api.PUT('/api/IdentityProvider', { body, ...heeding(options) })),
    removeProvider: (options) => dataOf(api.DELETE('/api/IdentityProvider', heeding(options))),
  };
}
