import * as z from 'zod';
import { OrganizationSlug } from './organization.ts';

/** Why nobody came in through the identity provider; what the sign-in page is told, as `error`. */
export const SignOnError = z
  .enum([
    'not-offered',
    'unavailable',
    'denied',
    'provider-error',
    'not-valid',
    'expired',
    'email-not-verified',
    'not-invited',
    'other-account',
    'disabled',
    'beyond-provider',
  ])
  .meta({
    id: 'SignOnError',
    description: [
      '`not-offered`: the organization offers no single sign-on',
      '`unavailable`: the provider cannot be reached, takes too long or answers what nobody understands',
      '`denied`: the person, or the provider, did not want to',
      '`provider-error`: the provider refuses the client, so what is configured here or there is wrong',
      '`not-valid`: what came from the provider does not stand up to validation',
      '`expired`: it took too long, was begun in another browser or tab, or was done before',
      '`email-not-verified`: the provider does not say that the e-mail is verified',
      '`not-invited`: nobody here has this e-mail, and its domain joins by invitation only',
      '`other-account`: the e-mail belongs to somebody who came in under another account of the provider',
      '`disabled`: the user is disabled or removed',
      '`beyond-provider`: the user may do more than the provider was trusted with',
    ].join('; '),
  });
export type SignOnError = z.infer<typeof SignOnError>;

/** What `GET /api/SingleSignOn` takes. */
export const SignOnQuery = z.strictObject({
  organization: OrganizationSlug.optional().meta({ description: 'May be left out only while there is exactly one' }),
  returnTo: z
    .string()
    .max(1500)
    .default('/')
    .meta({ description: 'A path of this site, where the browser is sent when it is signed in' }),
});

/** What `GET /api/SignInMethods` takes. */
export const SignInMethodsQuery = SignOnQuery.pick({ organization: true });

export const SignInMethods = z.object({ methods: z.array(z.enum(['password', 'sso'])) }).meta({
  id: 'SignInMethods',
  description: 'Of an organization that nobody has: those of one without single sign-on',
});
export type SignInMethods = z.infer<typeof SignInMethods>;

/** What `GET /api/SingleSignOn/SignOut` answers. */
export const ProviderSignOut = z
  .object({
    url: z
      .url()
      .optional()
      .meta({ description: 'Where the browser signs out at the provider, too; left out where there is nothing to do' }),
  })
  .meta({ id: 'ProviderSignOut' });
export type ProviderSignOut = z.infer<typeof ProviderSignOut>;

/** What a provider sends to `POST /api/SingleSignOn/Logout/{organizationId}`; members beside it are ignored (OpenID Connect Back-Channel Logout 1.0, 2.5). */
export const BackChannelLogout = z.object({
  logout_token: z.string().min(1).max(20_000).meta({ description: 'A signed JWT' }),
});

export const BackChannelLoggedOut = z.object({ endedSessions: z.int() }).meta({ id: 'BackChannelLoggedOut' });
export type BackChannelLoggedOut = z.infer<typeof BackChannelLoggedOut>;
