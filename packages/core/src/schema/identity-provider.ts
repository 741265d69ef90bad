import * as z from 'zod';
import { Instant } from './instant.ts';
import { PlainText } from './text.ts';
import { Permission } from './user.ts';

/** An OpenID provider, by the address under which it is discovered. Plain http is for one's own machine. */
export const Issuer = z
  .string()
  .max(500)
  .regex(
    /^(?:https:\/\/[^\s/?#@\\]+|http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?)(?:\/[^\s?#\\]*)?$/,
    'must be an https address without query; http is for localhost alone',
  )
  .meta({ id: 'Issuer', example: 'https://login.example.com' });

/** A domain of e-mail addresses; those below it are others. */
export const EmailDomain = z
  .string()
  .trim()
  .toLowerCase()
  .max(253)
  .regex(/^[^\s@"\p{Cc}\p{Cf}\p{Cs}.]+(?:\.[^\s@"\p{Cc}\p{Cf}\p{Cs}.]+)+$/u, 'must be a domain such as example.com')
  .meta({ id: 'EmailDomain', example: 'example.com' });

// RFC 6749, 3.3
const Scope = z.string().regex(/^[\x21\x23-\x5B\x5D-\x7E]{1,100}$/, 'must be one scope, without spaces');

const chosen = {
  issuer: Issuer,
  clientId: PlainText.min(1).max(300),
  scopes: z
    .array(Scope)
    .min(1)
    .max(20)
    .refine((scopes) => scopes.includes('openid'), 'must have openid among them')
    .meta({ description: 'What the provider is asked for' }),
  emailDomains: z.array(EmailDomain).max(100).meta({
    description: 'Whoever has a verified e-mail of these joins when they first come; invited people always may',
  }),
  groupClaim: PlainText.min(1)
    .max(200)
    .nullable()
    .meta({ description: 'The claim in which the provider names groups; null where it says nothing about roles' }),
  administratorGroups: z.array(PlainText.min(1).max(300)).max(100).meta({
    description: 'Whoever is in one of these is an administrator, and others are members, from each sign-in on',
  }),
  isEnabled: z.boolean(),
};

/** What `PUT /api/IdentityProvider` takes: the whole of it, but for a secret that stays as it is. */
export const IdentityProviderRequest = z
  .strictObject({
    ...chosen,
    scopes: chosen.scopes.default(['openid', 'email', 'profile']),
    emailDomains: chosen.emailDomains.default([]),
    groupClaim: chosen.groupClaim.default(null),
    administratorGroups: chosen.administratorGroups.default([]),
    isEnabled: chosen.isEnabled.default(true),
    clientSecret: z.string().min(1).max(2000).nullable().optional().meta({
      description:
        'A secret. Left out it stays as it is, as long as `issuer` and `clientId` do; null for a client without one, which is then held to PKCE alone',
    }),
  })
  .refine(({ groupClaim, administratorGroups }) => groupClaim !== null || administratorGroups.length === 0, {
    path: ['groupClaim'],
    message: 'must be given where groups are',
  })
  .meta({ id: 'IdentityProviderRequest' });
export type IdentityProviderRequest = z.infer<typeof IdentityProviderRequest>;

export const IdentityProvider = z
  .object({
    ...chosen,
    hasClientSecret: z.boolean(),
    trustedWith: z.array(Permission).meta({
      description: 'What whoever chose the provider may do. Users who may do more cannot come in through it',
    }),
    changedAt: Instant,
  })
  .meta({ id: 'IdentityProvider', description: 'Without the secret, which is never read back' });
export type IdentityProvider = z.infer<typeof IdentityProvider>;

/** What the provider has to be told of this service. */
export const SignOnAddresses = z
  .object({
    callbackUrl: z.url().meta({ description: 'Redirect URI of the client' }),
    signedOutUrl: z.url().meta({ description: 'Post-logout redirect URI' }),
    backChannelLogoutUrl: z.url().meta({ description: 'Back-channel logout URI' }),
  })
  .meta({ id: 'SignOnAddresses' });
export type SignOnAddresses = z.infer<typeof SignOnAddresses>;

export const IdentityProviderAnswer = z
  .object({
    /** Left out where there is none. */
    identityProvider: IdentityProvider.optional(),
    addresses: SignOnAddresses,
  })
  .meta({ id: 'IdentityProviderAnswer' });
export type IdentityProviderAnswer = z.infer<typeof IdentityProviderAnswer>;
