/** A browser that signs in through a provider. */
import { IdentityProviderAnswer, type IdentityProviderRequest } from '@rollcall/core/schema/identity-provider';
import type { Organization } from '@rollcall/core/schema/organization';
import { bodyOf, ownOrigin, type TestApi } from './api.ts';
import { clientId, clientSecret, type TestProvider } from './test-provider.ts';

/** Chooses the provider in the name of whoever has the token. */
export function choose(
  api: TestApi,
  token: string,
  chosen: Partial<IdentityProviderRequest> & { readonly issuer: string },
): Promise<Response> {
  const body = JSON.stringify({ clientId, clientSecret, emailDomains: ['example.com'], ...chosen });
  const headers = { 'content-type': 'application/json' };
  return api.request('/api/IdentityProvider', { method: 'PUT', token, headers, body });
}

/** A new organization that has the provider. */
export async function withProvider(
  api: TestApi,
  { issuer }: Pick<TestProvider, 'issuer'>,
  chosen: Partial<IdentityProviderRequest> = {},
) {
  const administrator = await api.administrator();
  const answer = await choose(api, administrator.token, { issuer, ...chosen });
  return { ...administrator, ...(await bodyOf(answer, IdentityProviderAnswer)) };
}

/** Keeps cookies as a browser does that knows one site. */
export class Browser {
  readonly cookies = new Map<string, string>();
  readonly #api: TestApi;

  constructor(api: TestApi) {
    this.#api = api;
  }

  async go(address: string | URL): Promise<Response> {
    const { pathname, search } = new URL(address, ownOrigin);
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await this.#api.request(pathname + search, cookie === '' ? {} : { headers: { cookie } });
    for (const set of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]*)=([^;]*)/.exec(set) ?? [];
      if (/max-age=0/i.test(set)) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return answer;
  }

  /** To the provider: the address there. */
  async leave({ slug }: Organization, returnTo = '/system'): Promise<string> {
    const answer = await this.go(`/api/SingleSignOn?${new URLSearchParams({ organization: slug, returnTo })}`);
    return locationOf(answer);
  }

  /** There and back again: where it ends up. */
  async signOn(provider: TestProvider, organization: Organization): Promise<string> {
    return locationOf(await this.go(provider.authorize(await this.leave(organization))));
  }

  get token(): string | undefined {
    return this.cookies.get('rollcall');
  }
}

export function locationOf(answer: Response): string {
  const location = answer.headers.get('location');
  if (answer.status !== 303 || location === null) throw new Error(`${answer.status} leads nowhere`);
  return location;
}

/** What the sign-in page is told. */
export function errorOf(location: string): string | null {
  return new URL(location, ownOrigin).searchParams.get('error');
}
