/** What the form for an identity provider shows. Apart from what reads it: schemas are for the server, and make functions of texts, which the browser's policy forbids. */
import type { IdentityProvider } from '@rollcall/core/schema/identity-provider';

/** What the form holds, but for the secret: that is never shown again. */
export interface ProviderTexts {
  readonly issuer: string;
  readonly clientId: string;
  readonly hasNoSecret: boolean;
  /** With blanks between them. */
  readonly scopes: string;
  readonly emailDomains: string;
  readonly groupClaim: string;
  /** One a line: names of groups have blanks and commas in them. */
  readonly administratorGroups: string;
  readonly isEnabled: boolean;
}

const usualTexts: ProviderTexts = {
  issuer: '',
  clientId: '',
  hasNoSecret: false,
  scopes: 'openid email profile',
  emailDomains: '',
  groupClaim: '',
  administratorGroups: '',
  isEnabled: true,
};

export function textsOf(provider: IdentityProvider | undefined): ProviderTexts {
  if (!provider) return usualTexts;
  const { issuer, clientId, isEnabled, hasClientSecret } = provider;
  return {
    ...{ issuer, clientId, isEnabled },
    hasNoSecret: !hasClientSecret,
    scopes: provider.scopes.join(' '),
    emailDomains: provider.emailDomains.join(' '),
    groupClaim: provider.groupClaim ?? '',
    administratorGroups: provider.administratorGroups.join('\n'),
  };
}
